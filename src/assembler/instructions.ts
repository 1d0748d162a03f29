/**
 * WebAssembly instructions as typed values: an expression knows what it leaves on the stack, so that the type checker refuses
 * what a validator would. Opcodes: https://webassembly.github.io/spec/core/binary/instructions.html and, for relaxed_madd,
 * https://github.com/WebAssembly/relaxed-simd.
 */

export type ValueType = 'i32' | 'v128';

/** Bytes, nested so that joining pieces copies nothing. */
export type Code = readonly (number | Code)[];

/** Code that leaves one value of a type. */
export interface Value<Type extends ValueType> {
  readonly type: Type;
  readonly code: Code;
  /** Known while the code is written. */
  readonly constant?: number;
}
export type I32 = Value<'i32'>;
export type V128 = Value<'v128'>;

export interface Local<Type extends ValueType> extends Value<Type> {
  readonly index: number;
}

export interface Callable {
  readonly index: number;
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | undefined;
}

/** LEB128, unsigned. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** LEB128, signed, of 32 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const done = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

function value<Type extends ValueType>(type: Type, ...code: Code): Value<Type> {
  return { type, code };
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];

export const int = (constant: number): I32 => ({ type: 'i32', code: [0x41, signed(constant | 0)], constant });

const whole = (opcode: number) => (a: I32, b: I32) => value('i32', a.code, b.code, opcode);
const plainAdd = whole(0x6a);
const plainMultiply = whole(0x6c);

const plainDivide = whole(0x6e);
const plainRemainder = whole(0x70);

/** Of numbers without sign, as all comparisons here. */
export const divide = (a: I32, b: I32) => (b.constant === 1 ? a : plainDivide(a, b));
export const remainder = (a: I32, b: I32) => (b.constant === 1 ? int(0) : plainRemainder(a, b));
export const isEqual = whole(0x46);
export const isBelow = whole(0x49);
export const isAtLeast = whole(0x4f);
export const minus = whole(0x6b);

export function plus(...terms: readonly I32[]): I32 {
  const constant = terms.reduce((sum, each) => sum + (each.constant ?? 0), 0);
  const others = terms.filter((each) => each.constant === undefined);
  const all = constant !== 0 || others.length === 0 ? [...others, int(constant)] : others;
  return all.reduce(plainAdd);
}

export function times(a: I32, b: I32): I32 {
  if (a.constant !== undefined && b.constant !== undefined) return int(a.constant * b.constant);
  if (a.constant === 1) return b;
  if (b.constant === 1) return a;
  return a.constant === 0 || b.constant === 0 ? int(0) : plainMultiply(a, b);
}

/** The smaller of two that are not negative; each is evaluated twice. */
export function least(a: I32, b: I32): I32 {
  if (a.constant !== undefined && b.constant !== undefined) return int(Math.min(a.constant, b.constant));
  return choose(isBelow(a, b), a, b);
}

/** `a` where the condition is not zero. */
export function choose<Type extends ValueType>(condition: I32, a: Value<Type>, b: Value<Type>): Value<Type> {
  return value(a.type, a.code, b.code, condition.code, 0x1b);
}

/** Alignment (of four bytes, a hint) and offset. */
const at = (offset: number): Code => [2, unsigned(offset)];

export const load = (address: I32, offset = 0) => value('v128', address.code, simd(0x00), at(offset));
/** One number in all four lanes. */
export const loadSplat = (address: I32, offset = 0) => value('v128', address.code, simd(0x09), at(offset));
export const store = (address: I32, x: V128, offset = 0): Code => [address.code, x.code, simd(0x0b), at(offset)];
/** Of a double, in both lanes. */
export const loadSplatDouble = (address: I32, offset = 0) => value('v128', address.code, simd(0x0a), at(offset));
/** Four or eight bytes, and zeros after them. */
export const loadWord = (address: I32, offset = 0) => value('v128', address.code, simd(0x5c), at(offset));
export const loadHalf = (address: I32, offset = 0) => value('v128', address.code, simd(0x5d), at(offset));
/** The first eight bytes alone. */
export const storeHalf = (address: I32, x: V128, offset = 0): Code => [address.code, x.code, simd(0x5b), at(offset), 0];

/** The first lane alone. */
export const storeFirst = (address: I32, x: V128, offset = 0): Code => [
  address.code,
  x.code,
  simd(0x5a),
  at(offset),
  0,
];

/** The same number in all lanes. */
export function splat(x: number): V128 {
  const bytes = [...new Uint8Array(Float32Array.of(x).buffer)];
  return value('v128', simd(0x0c), bytes, bytes, bytes, bytes);
}

export function splatBits(x: number): V128 {
  const bytes = [...new Uint8Array(Int32Array.of(x).buffer)];
  return value('v128', simd(0x0c), bytes, bytes, bytes, bytes);
}

const unary = (opcode: number) => (x: V128) => value('v128', x.code, simd(opcode));
const binary = (opcode: number) => (a: V128, b: V128) => value('v128', a.code, b.code, simd(opcode));
const shift = (opcode: number) => (x: V128, bits: number) => value('v128', x.code, int(bits).code, simd(opcode));

/** Four floats at a time. */
export const f32x4 = {
  add: binary(0xe4),
  subtract: binary(0xe5),
  multiply: binary(0xe6),
  divide: binary(0xe7),
  /** b < a ? b : a */
  min: binary(0xea),
  /** a < b ? b : a, so that a NaN in `a` stays. */
  max: binary(0xeb),
  abs: unary(0xe0),
  negate: unary(0xe1),
  root: unary(0xe3),
  floor: unary(0x68),
  nearest: unary(0x6a),
  equal: binary(0x41),
  below: binary(0x43),
  above: binary(0x44),
  toInteger: unary(0xf8),
  fromInteger: unary(0xfa),
} as const;

/** Two doubles at a time. */
export const f64x2 = {
  add: binary(0xf0),
  subtract: binary(0xf1),
  multiply: binary(0xf2),
  divide: binary(0xf3),
  /** b < a ? b : a */
  min: binary(0xf6),
  /** a < b ? b : a */
  max: binary(0xf7),
  floor: unary(0x75),
  abs: unary(0xec),
  negate: unary(0xed),
  root: unary(0xef),
  notEqual: binary(0x48),
  below: binary(0x49),
  atLeast: binary(0x4c),
  /** Of the first two floats. */
  ofFloats: unary(0x5f),
  /** To two floats, and zeros after them. */
  toFloats: unary(0x5e),
  /** Of the first two whole numbers. */
  fromInteger: unary(0xfe),
  fromUnsigned: unary(0xff),
} as const;

/** Products of 64 bits of the first, or the last, two words without sign. */
export const wide = { first: binary(0xde), last: binary(0xdf) } as const;

/** The same word in all lanes. */
export const splatWord = (x: I32): V128 => value('v128', x.code, simd(0x11));

/** 1 where any bit is set, else 0. */
export const isAny = (x: V128): I32 => value('i32', x.code, simd(0x53));

/** The same double in both lanes. */
export function splatDouble(x: number): V128 {
  const bytes = [...new Uint8Array(Float64Array.of(x).buffer)];
  return value('v128', simd(0x0c), bytes, bytes);
}

/** The first half of the lanes made twice as wide, or lanes of two vectors made half as wide, held to what these can hold. */
export const lanes = {
  bytesWider: unary(0x89),
  shortsWider: unary(0xa9),
  signedShortsWider: unary(0xa7),
  toShorts: binary(0x86),
  toSignedShorts: binary(0x85),
  toBytes: binary(0x66),
} as const;

/** Bits of four words. */
export const bits = {
  and: binary(0x4e),
  or: binary(0x50),
  xor: binary(0x51),
  /** a where the mask has ones. */
  select: (a: V128, b: V128, mask: V128) => value('v128', a.code, b.code, mask.code, simd(0x52)),
  add: binary(0xae),
  subtract: binary(0xb1),
  notEqual: binary(0x38),
  shiftLeft: shift(0xab),
  shiftRight: shift(0xad),
} as const;

/** Fused where the runtime has relaxed SIMD: a · b + c. */
export const multiplyAdd = (a: V128, b: V128, c: V128, fused: boolean): V128 =>
  fused ? value('v128', a.code, b.code, c.code, simd(0x105)) : f32x4.add(f32x4.multiply(a, b), c);

/** Lanes by number: 0–3 of a, 4–7 of b. */
export function shuffle(a: V128, b: V128, lanes: readonly [number, number, number, number]): V128 {
  const bytes = lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));
  return value('v128', a.code, b.code, simd(0x0d), bytes);
}

export const set = <Type extends ValueType>({ index }: Local<Type>, x: Value<Type>): Code => [
  x.code,
  0x21,
  unsigned(index),
];

/** @returns the call; a value where the function has a result */
export function call<Type extends ValueType>(
  callee: Callable & { readonly result: Type },
  ...operands: readonly Value<ValueType>[]
): Value<Type> {
  return value(callee.result, ...run(callee, ...operands));
}

export function run({ index }: Callable, ...operands: readonly Value<ValueType>[]): Code {
  return [...operands.map(({ code }) => code), 0x10, unsigned(index)];
}

const NO_RESULT = 0x40;

export function when(condition: I32, then: Code, otherwise?: Code): Code {
  return [condition.code, 0x04, NO_RESULT, then, ...(otherwise ? [0x05, otherwise] : []), 0x0b];
}

/** counter = from, from + step, … while below `to`. */
export function repeat(counter: Local<'i32'>, from: I32, to: I32, step: number | I32, body: Code): Code {
  const next = typeof step === 'number' ? int(step) : step;
  return [set(counter, from), during(isBelow(counter, to), [body, set(counter, plus(counter, next))])];
}

/** As long as the condition holds; it is looked at before each turn. */
export function during(condition: I32, body: Code): Code {
  return when(condition, [0x03, NO_RESULT, body, condition.code, 0x0d, 0, 0x0b]);
}

/** Zeros; both in bytes. */
export function clear(address: I32, length: I32): Code {
  return [address.code, int(0).code, length.code, 0xfc, 0x0b, 0];
}
