import { Transactions } from '@handoff/bus';
import { fault, refuse, validate, type JsonObject, type Result, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isSchema } from '../domain/check-by-schema.js';
import { readTemplates } from '../templates/read-templates.js';
import { Template } from '../templates/template.js';
import type { FindTemplate } from '../templates/with-template.js';

/** So that what is looked through for each delegation stays small. */
const MOST_OWN = 500;

/** Those that ship, and the tenant's own beside them. */
@Injectable()
export class Templates {
  private readonly shipped = readTemplates();

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  /** As they are now: one look for as many delegations as there are. */
  async finder(tenant: TenantId): Promise<FindTemplate> {
    const all = await this.all(tenant);
    return (id, version) => all.find((it) => it.id === id && (version === null || it.version === version)) ?? null;
  }

  /** The newest of each, by their ids. */
  async newest(tenant: TenantId): Promise<readonly Template[]> {
    const all = await this.all(tenant);
    return [...new Map(all.toReversed().map((it) => [it.id, it])).values()].toSorted((a, b) => a.id.localeCompare(b.id));
  }

  /** A new one, or the next version of one of the tenant's own; what it leaves out is as in `from`. */
  async add(tenant: TenantId, from: Template | null, words: JsonObject, by: string): Promise<Result<Template>> {
    return this.transactions.run(async (tx) => {
      await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('templates ' || current_schema(), 0))`);
      const own = await ownOf(tx.db, tenant);
      const version = Math.max(0, ...own.filter(({ id }) => id === words['id']).map((it) => it.version)) + 1;
      const made = this.judge(validate(Template, { ...from, ...words, version }), own.length);
      if (made.kind === 'ok')
        await tx.rows(
          `INSERT INTO templates (tenant, id, version, template, made_by, made_at) VALUES ($1, $2, $3, $4, $5, handoff_now())`,
          [...[tenant, made.value.id, version, JSON.stringify(made.value), by]],
        );
      return made;
    });
  }

  private judge(read: Result<Template>, own: number): Result<Template> {
    if (read.kind === 'faults') return read;
    const { id, inputs, output_schema } = read.value;
    if (own >= MOST_OWN) return refuse(fault('', 'too_many', `There are ${own} versions of own templates; more are not kept.`));
    if (this.shipped.some((it) => it.id === id))
      return refuse(fault('id', 'not_allowed_value', `"${id}" ships with the system and stays as it is; give yours another id.`));
    if (!isSchema(inputs)) return refuse(fault('inputs', 'bad_schema', 'inputs is no JSON Schema that can be read.'));
    if (output_schema && !isSchema(output_schema))
      return refuse(fault('output_schema', 'bad_schema', 'output_schema is no JSON Schema that can be read.'));
    return read;
  }

  /** The newest version of an id before its older ones. */
  private async all(tenant: TenantId): Promise<readonly Template[]> {
    return [...this.shipped, ...(await ownOf(this.source.manager, tenant))];
  }
}

async function ownOf(db: EntityManager, tenant: TenantId): Promise<readonly Template[]> {
  const found = await rows<{ template: Template }>(db, 'SELECT template FROM templates WHERE tenant = $1 ORDER BY version DESC, id', [
    tenant,
  ]);
  return found.map(({ template }) => template);
}
