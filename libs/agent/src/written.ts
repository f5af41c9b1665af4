import type { Branded, Json, JsonObject } from '@handoff/contracts';

/** A field as an agent's author writes it: ids are plain text, and other JSON, as plain words, may stand for each rich part. */
type Field<T> = Json extends T
  ? Json
  : T extends Branded<string, string>
    ? string
    : T extends string | number | boolean | JsonObject
      ? T
      : T extends readonly (infer Each)[]
        ? readonly Field<Each>[]
        : T | Json;

/** A form of the contracts, with all of its fields, so that none can be missing here; only what is `Needed` has to be written. */
export type Written<Form, Needed extends keyof Form> = {
  readonly [Name in Needed]: Field<Form[Name]>;
} & { readonly [Name in keyof Form as Exclude<Name, Needed>]?: Field<NonNullable<Form[Name]>> };
