import { HandoffError } from '@handoff/contracts';

/** Two keys must not share an id: what one of them encrypted could not be told from the other's. */
export class DataKeyError extends HandoffError {
  readonly code = 'DATA_KEYS_CLASH';
  constructor() {
    super(
      'DATA_KEY and DATA_KEYS_BEFORE hold two keys with the same first digest byte. Make another DATA_KEY with `openssl rand -base64 32`.',
    );
  }
}

export class UnknownDataKeyError extends HandoffError {
  readonly code = 'DATA_KEY_UNKNOWN';
  constructor(what: string, keyId: number) {
    super(`${what} was encrypted with key ${keyId}, which is not set here. Add that key to DATA_KEYS_BEFORE and ask again.`);
  }
}

export class StoredPacketError extends HandoffError {
  readonly code = 'STORED_PACKET_UNREADABLE';
  constructor(handoffId: string, packetVersion: number, why: string) {
    super(
      `Packet version ${packetVersion} of handoff ${handoffId} was valid when it was kept and is not now: ${why} Look at the row in packets.`,
    );
  }
}

export class HeldReplyError extends HandoffError {
  readonly code = 'HELD_REPLY_UNREADABLE';
  constructor(requestId: string, why: string) {
    super(`Reply ${requestId} was valid when it was held and is not now: ${why} Look at the row in held_replies.`);
  }
}

/** The object store did not do what was asked of it; what it says itself is the cause. */
export class ObjectStoreError extends HandoffError {
  readonly code = 'OBJECT_STORE_AWAY';
  constructor(cause: unknown) {
    super(
      `The object store failed (${wordFor(cause)}); nothing was kept or read. Try again; if it goes on, look at OBJECTS_FOLDER or OBJECTS_S3_*.`,
      {
        cause,
      },
    );
  }
}

const wordFor = (cause: unknown): string => {
  const { code, name } = cause as { readonly code?: string; readonly name?: string }; // Node's errors have a code, Amazon's a name
  return code ?? name ?? 'without a reason';
};

export class LostObjectError extends HandoffError {
  readonly code = 'OBJECT_LOST';
  constructor(sha256: string) {
    super(
      `Object ${sha256} was stored, and the store does not have it. Put it again; all replicas must have one and the same OBJECTS_FOLDER, or a bucket.`,
    );
  }
}

export class DamagedObjectError extends HandoffError {
  readonly code = 'OBJECT_DAMAGED';
  constructor(name: string, at: number) {
    super(`Frame ${at} of object ${name} was changed in the store; nothing of it was given out. Put it again.`);
  }
}

/** Stops the start: what ships with the service is wrong. */
export class TemplateFileError extends HandoffError {
  readonly code = 'TEMPLATE_FILE';
  constructor(path: string, why: string) {
    super(`The template ${path} cannot be used: ${why} Mend the file and start again.`);
  }
}
