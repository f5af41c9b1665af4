/** Traits of one block are shrunk alike. */
export type Block = 'who' | 'where' | 'own' | 'signs' | 'path' | 'order' | 'words_action' | 'words_agent';

/** Something that can be seen of a moment: a name that no other block has, and how much of it. */
export interface Trait {
  readonly block: Block;
  readonly name: string;
  readonly value: number;
  /** How it is said to people, where the name is a bucket. */
  readonly shown?: string;
}
