/** Counts WebAssembly heaps. Import first: it replaces the constructor that both engines use for their shared memory. */

const heaps: WebAssembly.Memory[] = [];

WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(target, [descriptor]: [WebAssembly.MemoryDescriptor]) {
    const memory = new target(descriptor);
    heaps.push(memory);
    return memory;
  },
});

export function heapBytes(): number {
  return heaps.reduce((total, { buffer }) => total + buffer.byteLength, 0);
}
