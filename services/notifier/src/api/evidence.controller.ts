import { Transactions } from '@handoff/bus';
import type { HandoffId, JsonObject } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { Controller, Get, Header, Inject, Param, ParseUUIDPipe, Res, UseGuards } from '@nestjs/common';
import type { KeyObject } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { publicKeyOf, signEvidence, signingKeyOf, type SignedEvidence } from '../domain/evidence.js';
import { NotifierConfig } from '../notifier.config.js';
import { audit } from '../store/decisions.js';
import { findRow } from '../store/desk-views.js';
import { evidenceOf } from '../store/evidence-of.js';
import type { SignedIn } from '../store/sessions.js';
import { leadsOnly } from './refusal.js';
import { Me, SessionGuard } from './session.guard.js';

/** The evidence of one handoff as one signed file, for leads and admins. */
@Controller('desk/v1')
@UseGuards(SessionGuard)
export class EvidenceController {
  private readonly key: KeyObject | null;

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotifierConfig) { EVIDENCE_SIGNING_KEY: key }: NotifierConfig,
  ) {
    this.key = key === undefined ? null : signingKeyOf(key);
  }

  /** For those who verify: the key's public half, as a JSON Web Key Set. */
  @Get('evidence-keys')
  @Header('content-type', 'application/jwk-set+json')
  keys(): { readonly keys: readonly JsonObject[] } {
    return { keys: [publicKeyOf(this.signingKey())] };
  }

  /** That it was exported is in the log, and in the file itself. */
  @Get('handoffs/:id/evidence')
  async export(
    @Me() { person, tenant, address = null }: SignedIn,
    @Param('id', ParseUUIDPipe) id: HandoffId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedEvidence> {
    leadsOnly(person, 'export evidence');
    const key = this.signingKey();
    const evidence = await this.transactions.run(async (tx) => {
      const row = await findRow(tx.db, tenant, id);
      if (!row) throw new Problem(404, 'not_found', `There is no handoff ${id} on this desk.`);
      await audit(tx, [{ tenant, subject: person.subject, act: 'export_evidence', handoffId: id, details: {}, address }]);
      return evidenceOf(tx.db, row, person.subject);
    });
    void reply.header('content-disposition', `attachment; filename="handoff-${id}.evidence.json"`);
    return signEvidence(evidence, key);
  }

  private signingKey(): KeyObject {
    if (!this.key) throw new Problem(404, 'not_set_up', 'Evidence cannot be signed here: EVIDENCE_SIGNING_KEY is not set.');
    return this.key;
  }
}
