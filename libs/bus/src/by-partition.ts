import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { AssignerProtocol, PartitionAssigners } = kafkajs; // CommonJS: Node finds no named exports in it
const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const NAME = 'handoff-by-partition';
const VERSION = 1;
const NOTHING = Buffer.alloc(0);

/**
 * Partition n of every topic goes to the same member, so that all that is said of one handoff comes to one replica: topics that are keyed alike share
 * its partition's number. Dealt out in turn, as kafkajs does it, two replicas lock the same rows in two orders, and wait for each other.
 * See decision 0084.
 */
const byPartition: PartitionAssigner = ({ cluster }) => ({
  name: NAME,
  version: VERSION,
  async assign({ members, topics }) {
    const partitions = Object.fromEntries(
      topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)]),
    );
    const ids = members.map(({ memberId }) => memberId);
    return Array.from(shareOut(ids, partitions), ([memberId, assignment]) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({ version: VERSION, assignment, userData: NOTHING }),
    }));
  },
  protocol: ({ topics }) => ({ name: NAME, metadata: MemberMetadata.encode({ version: VERSION, topics, userData: NOTHING }) }),
});

/** In the order of preference: the group takes one that all of its members know, and a replica of a release before 0.2 knows kafkajs's own alone. */
export const ASSIGNERS: PartitionAssigner[] = [byPartition, PartitionAssigners.roundRobin];

type Partitions = Readonly<Record<string, readonly number[]>>;

/** @returns what each member reads, by topic; a topic of which it reads nothing is left out */
export function shareOut(members: readonly string[], partitions: Partitions): ReadonlyMap<string, Record<string, number[]>> {
  const ordered = members.toSorted();
  return new Map(
    ordered.map((member, at) => {
      const own = Object.entries(partitions).map(([topic, all]) => [topic, all.filter((it) => it % ordered.length === at)] as const);
      return [member, Object.fromEntries(own.filter(([, numbers]) => numbers.length > 0))];
    }),
  );
}
