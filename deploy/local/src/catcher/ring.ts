/** The newest `limit` values, oldest first: what the catcher keeps never grows past that. */
export class Ring<T> {
  private readonly values: T[] = [];

  constructor(private readonly limit: number) {}

  add(...values: readonly T[]): void {
    this.values.push(...values);
    if (this.values.length > this.limit) this.values.splice(0, this.values.length - this.limit);
  }

  all(): readonly T[] {
    return this.values;
  }

  clear(): void {
    this.values.length = 0;
  }
}
