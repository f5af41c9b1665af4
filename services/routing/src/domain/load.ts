import type { PersonId } from '@handoff/contracts';

export interface PersonLoad {
  readonly person: PersonId;
  /** Open handoffs that ask this person now. */
  readonly open: number;
  /** Null: never, as far as is known. */
  readonly askedAt: Date | null;
}

/** Who has how much to do. Each pick changes what the next one sees. */
export class Load {
  private readonly people: Map<PersonId, PersonLoad>;
  private readonly asked = new Set<PersonId>();

  /** @param counted null where no policy at hand chooses by it, so that nobody was counted */
  constructor(private readonly counted: readonly PersonLoad[] | null = null) {
    this.people = new Map((counted ?? []).map((it) => [it.person, it]));
  }

  /** Those with the least to do, and of these the least recently asked; their order in the policy decides the rest. */
  least(people: readonly PersonId[], count: number): readonly PersonId[] {
    const inTurn = people.map((person) => this.of(person)).sort((a, b) => a.open - b.open || time(a) - time(b));
    return inTurn.slice(0, count).map(({ person }) => person);
  }

  openOf(person: PersonId): number {
    return this.of(person).open;
  }

  /** A handoff asks others than before. */
  move(from: readonly PersonId[], to: readonly PersonId[], at: Date): void {
    for (const person of from.filter((it) => !to.includes(it))) this.change(person, -1, this.of(person).askedAt);
    for (const person of to.filter((it) => !from.includes(it))) this.change(person, 1, at);
    for (const person of to) this.asked.add(person);
  }

  /** Who was asked since this began, where that is to be kept. */
  justAsked(): readonly PersonId[] {
    return this.counted === null ? [] : [...this.asked].sort();
  }

  private change(person: PersonId, by: number, askedAt: Date | null): void {
    this.people.set(person, { person, open: Math.max(0, this.of(person).open + by), askedAt });
  }

  private of(person: PersonId): PersonLoad {
    return this.people.get(person) ?? { person, open: 0, askedAt: null };
  }
}

const time = ({ askedAt }: PersonLoad): number => askedAt?.getTime() ?? 0;
