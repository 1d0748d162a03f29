/** Collects statements, and names what is used more than once. */

import { type Code, type Local, set, type Value, type ValueType } from './instructions';
import type { FunctionScope } from './module';

export type Scope = FunctionScope<readonly ValueType[]>;

export class Lines {
  readonly code: Code[] = [];

  constructor(readonly scope: Scope) {}

  /** The value in a local of its own; a constant needs none. */
  let<Type extends ValueType>(x: Value<Type>): Value<Type> {
    if (x.constant !== undefined) return x;
    const local = (x.type === 'i32' ? this.scope.i32() : this.scope.v128()) as Local<Type>; // of the type of x
    this.code.push(set(local, x));
    return local;
  }

  add(...code: Code[]): void {
    this.code.push(...code);
  }
}
