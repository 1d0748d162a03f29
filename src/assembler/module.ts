/** Puts functions together into the bytes of a module. https://webassembly.github.io/spec/core/binary/modules.html */

import { type Callable, type Code, type Local, unsigned, type ValueType } from './instructions';

const TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, v128: 0x7b };

/** Parameters and locals of one function; its body may refer to them. */
export class FunctionScope<Parameters extends readonly ValueType[]> {
  readonly parameters: { readonly [Index in keyof Parameters]: Local<Parameters[Index]> };
  readonly locals: ValueType[] = [];

  constructor(readonly types: Parameters) {
    this.parameters = types.map(local) as never; // one for each type, in order
  }

  i32(): Local<'i32'> {
    return this.#add('i32');
  }

  v128(): Local<'v128'> {
    return this.#add('v128');
  }

  #add<Type extends ValueType>(type: Type): Local<Type> {
    return local(type, this.types.length + this.locals.push(type) - 1);
  }
}

function local<Type extends ValueType>(type: Type, index: number): Local<Type> {
  return { type, index, code: [0x20, unsigned(index)] };
}

interface Signature {
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | undefined;
}

interface Import extends Signature {
  readonly module: string;
  readonly name: string;
}

interface Body extends Signature {
  readonly locals: readonly ValueType[];
  readonly code: Code;
}

export interface MemoryLimits {
  readonly shared: boolean;
  /** In pages of 64 KiB; what the memory that is given must not exceed. */
  readonly maximum: number;
}

/** All imports must be asked for before the first function is defined. */
export class ModuleBuilder {
  readonly #imports: Import[] = [];
  readonly #bodies: Body[] = [];
  readonly #exports = new Map<string, number>();
  #globals = 0;

  constructor(private readonly memory: MemoryLimits) {}

  import<Result extends ValueType | undefined = undefined>(
    module: string,
    name: string,
    parameters: readonly ValueType[],
    result?: Result,
  ): Callable & { readonly result: Result } {
    const index = this.#imports.push({ module, name, parameters, result }) - 1;
    return { index, parameters, result: result as Result };
  }

  /** An i32 that every instance is given: `environment.<name>`. Order as asked. */
  readonly globals: string[] = [];
  global(name: string): { readonly type: 'i32'; readonly code: Code } {
    this.globals.push(name);
    return { type: 'i32', code: [0x23, unsigned(this.#globals++)] };
  }

  define<const Parameters extends readonly ValueType[], Result extends ValueType | undefined = undefined>(
    parameters: Parameters,
    write: (scope: FunctionScope<Parameters>) => Code,
    result?: Result,
  ): Callable & { readonly result: Result } {
    const scope = new FunctionScope(parameters);
    const code = write(scope);
    const index = this.#imports.length + this.#bodies.push({ parameters, result, locals: scope.locals, code }) - 1;
    return { index, parameters, result: result as Result };
  }

  export(name: string, { index }: Callable): void {
    this.#exports.set(name, index);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const signatures = [...this.#imports, ...this.#bodies];
    const types = [...new Set(signatures.map(typeText))];
    const typeOf = (each: Signature) => unsigned(types.indexOf(typeText(each)));
    const [limits, maximum] = [this.memory.shared ? 3 : 1, unsigned(this.memory.maximum)];
    const imports: Code[] = [
      ...this.#imports.map((each) => [name(each.module), name(each.name), 0, typeOf(each)]),
      [name('environment'), name('memory'), 2, limits, 1, maximum],
      ...this.globals.map((each) => [name('environment'), name(each), 3, TYPES.i32, 0]),
    ];
    const unique = types.map((text) => signatures.find((each) => typeText(each) === text) as Signature); // made of them
    const sections: Code = [
      section(
        1,
        unique.map(({ parameters, result }) => [0x60, vector(parameters), vector(result ? [result] : [])]),
      ),
      section(2, imports),
      section(3, this.#bodies.map(typeOf)),
      section(
        7,
        [...this.#exports].map(([each, index]) => [name(each), 0, unsigned(index)]),
      ),
      section(10, this.#bodies.map(bodyOf)),
    ];
    return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...flat(sections)]);
  }
}

function typeText({ parameters, result }: Signature): string {
  return `${parameters.join()}:${result ?? ''}`;
}

function vector(types: readonly ValueType[]): Code {
  return [unsigned(types.length), types.map((type) => TYPES[type])];
}

function name(text: string): Code {
  return [unsigned(text.length), Array.from(text, (letter) => letter.charCodeAt(0))];
}

function section(id: number, entries: readonly Code[]): Code {
  return entries.length > 0 ? [id, sized([unsigned(entries.length), ...entries])] : [];
}

function bodyOf({ locals, code }: Body): Code {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  const declared = runs.map(({ type, count }): Code => [unsigned(count), TYPES[type]]);
  return sized([unsigned(runs.length), ...declared, code, 0x0b]);
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

function flat(code: Code): number[] {
  const bytes: number[] = [];
  const append = (part: Code) => {
    for (const each of part)
      if (typeof each === 'number') bytes.push(each);
      else append(each);
  };
  append(code);
  return bytes;
}
