/** Where class-transformer keeps what `@Type` declared; it exports the types of this file, but not the way to it. */
declare module 'class-transformer/cjs/storage.js' {
  import type { TypeMetadata } from 'class-transformer';
  export const defaultMetadataStorage: { findTypeMetadata(target: unknown, property: string): TypeMetadata | undefined };
}
