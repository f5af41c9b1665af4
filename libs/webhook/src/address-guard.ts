import { lookup as lookupAll } from 'node:dns/promises';
import { HandoffError } from '@handoff/contracts';
import ipaddr from 'ipaddr.js';

/** The receiver's address is one that outgoing requests must not reach. */
export class ForbiddenAddressError extends HandoffError {
  readonly code = 'WEBHOOK_ADDRESS_FORBIDDEN';
  constructor(host: string, address: string, range: string) {
    super(
      `${host} is at ${address}, which is ${range}; nothing was sent. If this receiver is meant, add its network to WEBHOOK_ALLOWED_NETWORKS.`,
    );
  }
}

export interface AddressGuard {
  /** The address to connect to, checked at the moment of connecting, so that a name that is bound anew is checked anew. */
  resolve(host: string): Promise<{ readonly address: string; readonly family: 4 | 6 }>;
}

/** Metadata of a cloud at an address that looks public (Azure); the others are link-local, private or shared. */
const METADATA = new Set(['168.63.129.16']);

/** All addresses of a name. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** @param allowed networks such as `127.0.0.0/8` that are reachable although they are not public */
export function addressGuard(allowed: readonly string[], lookup: Lookup = (host) => lookupAll(host, { all: true })): AddressGuard {
  const networks = allowed.map((network) => ipaddr.parseCIDR(network));
  return {
    async resolve(host) {
      const bare = host.replace(/^\[|\]$/g, '');
      const found = await lookup(bare);
      for (const { address } of found) {
        const parsed = ipaddr.process(address); // an IPv4 address inside an IPv6 one is judged as what it is
        const range = METADATA.has(parsed.toString()) ? 'a cloud’s own service' : parsed.range();
        const isAllowed = networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
        if (range !== 'unicast' && !isAllowed) throw new ForbiddenAddressError(host, address, range);
      }
      const [first] = found;
      if (!first) throw new Error(`${host} has no address.`);
      return { address: first.address, family: first.family === 6 ? 6 : 4 };
    },
  };
}
