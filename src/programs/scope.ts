import { UNKNOWN, type Environment, type Value } from './value.ts';

interface Binding {
  value: Value;
  /** How many conditions stood around the declaration. */
  readonly conditions: number;
}

/** The names of a block, in those around it. */
export class Scope implements Environment {
  private readonly parent: Environment | null;
  private readonly bindings = new Map<string, Binding>();

  constructor(parent: Environment | null) {
    this.parent = parent;
  }

  declare(name: string, value: Value, conditions: number): void {
    this.bindings.set(name, { value, conditions });
  }

  /** Under a condition that the declaration did not stand under, nobody knows afterwards which value it has. */
  assign(name: string, value: Value, conditions: number): void {
    const binding = this.bindings.get(name);
    if (binding) binding.value = conditions > binding.conditions ? UNKNOWN : value;
    else this.parent?.assign(name, value, conditions);
  }

  get(name: string): Value | null {
    return this.bindings.get(name)?.value ?? this.parent?.get(name) ?? null;
  }

  /** Everything declared here, in order. */
  get own(): readonly Value[] {
    return [...this.bindings.values()].map(({ value }) => value);
  }
}
