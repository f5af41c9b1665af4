import { Transactions } from '@handoff/bus';
import { days, fault, OPERATOR, toMilliseconds, validate, type JsonObject, type Result, type ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, numberIn, Problem, ServiceTokenGuard, type Query, valueOrProblem } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dutyAt } from '../domain/duty/duty-at.js';
import type { Policy } from '../domain/policy.js';
import { preview, tryPacket } from '../domain/preview.js';
import type { Environment } from '../policy-file/fill-placeholders.js';
import { knownEnvironment } from '../policy-file/known-environment.js';
import { parsePolicy, readPolicy } from '../policy-file/parse-policy.js';
import { policyChanges } from '../policy-file/policy-changes.js';
import { readPolicySchema } from '../policy-file/policy-schema.js';
import { overridesIn } from '../store/overrides.js';
import { PolicyVersions, type KeptPolicy } from '../store/policy-versions.js';
import { ApplyRequest, DiffRequest, TryRequest, WrittenText } from './policy-bodies.js';
import { ladderView, lineView, policyView, previewView } from './policy-view.js';

/** How far ahead overrides are looked for when a packet is tried. */
const LOOKS_AHEAD = toMilliseconds(days(100));

/** Policies as people read, try and apply them; the door for people is notifier's. */
@Controller('v1/policies')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class PoliciesController {
  constructor(
    @Inject(PolicyVersions) private readonly versions: PolicyVersions,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  @Get()
  async list(@FromQuery() query: Query) {
    const limit = numberIn(query, 'limit', { or: 50, min: 1, max: 200 });
    const before = numberIn(query, 'before', { or: 0, min: 0, max: 1_000_000_000 });
    const items = await this.versions.list(limit, before === 0 ? null : before);
    return { items: items.map(lineView), next: items.length === limit ? (items.at(-1)?.version ?? null) : null };
  }

  @Get('current')
  async current() {
    return policyView(await this.kept());
  }

  /** Of the file, for editors. */
  @Get('schema')
  schema(): Promise<JsonObject> {
    return readPolicySchema();
  }

  @Get(':version')
  async show(@Param('version') version: string) {
    return policyView(await this.kept(versionIn(version)));
  }

  @Post('check')
  @HttpCode(200)
  async check(@Body() body: unknown) {
    const { text } = valueOrProblem(validate(WrittenText, body));
    const read = readPolicy(text, await this.environment());
    return read.kind === 'ok' ? { faults: [], ...ladderView(read.value) } : { faults: read.faults, rules: null };
  }

  @Post('diff')
  @HttpCode(200)
  async diff(@Body() body: unknown) {
    const { text, against } = valueOrProblem(validate(DiffRequest, body));
    const before = await this.kept(against);
    if (before.text === null)
      throw new Problem(409, 'not_kept', `Version ${before.version} is of an earlier release, which kept no texts to compare with.`);
    valueOrProblem(await this.parse(text));
    return { against: before.version, changes: policyChanges(before.text, text) };
  }

  /** Nothing is sent, and nothing is kept. */
  @Post('test')
  @HttpCode(200)
  async test(@Body() body: unknown) {
    const { text, packet, at } = valueOrProblem(validate(TryRequest, body));
    const tried = text === undefined ? await this.kept() : { version: null, policy: valueOrProblem(await this.parse(text)) };
    const acceptedAt = at === undefined ? await databaseNow(this.source.manager) : new Date(at);
    const accepted = valueOrProblem(tryPacket(packet, acceptedAt));
    const { version, policy } = tried;
    const overrides = await this.transactions.run((tx) => overridesIn(tx, acceptedAt, new Date(acceptedAt.getTime() + LOOKS_AHEAD)));
    const told = preview({ version: version ?? 0, policy }, (instant) => dutyAt([policy], overrides, instant), accepted);
    return previewView(policy, version, told);
  }

  @Post()
  @HttpCode(201)
  @CallableBy('admin', OPERATOR)
  async apply(@Body() body: unknown, @Caller() { subject }: ServiceClaims) {
    const { text, based_on: basedOn } = valueOrProblem(validate(ApplyRequest, body));
    const policy = valueOrProblem(await this.parse(text));
    const { kind, version } = await this.versions.keep({ text, policy }, { source: 'api', by: subject, basedOn });
    if (kind !== 'changed-meanwhile') return { version, changed: kind === 'kept' };
    const detail = `Version ${version} is in force by now, and you have seen ${basedOn}; nothing was changed. Compare them and apply again.`;
    throw new Problem(409, 'changed_meanwhile', detail, { version });
  }

  private async parse(text: string): Promise<Result<Policy>> {
    return parsePolicy(text, await this.environment());
  }

  private async environment(): Promise<Environment> {
    return knownEnvironment(await this.versions.fileText(), process.env);
  }

  private async kept(version?: number): Promise<KeptPolicy> {
    const found = await this.versions.find(version);
    if (found) return found;
    throw new Problem(
      404,
      'not_found',
      version === undefined ? 'No policy has been loaded yet.' : `There is no policy version ${version}.`,
    );
  }
}

function versionIn(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw Problem.invalid([fault('version', 'bad_format', 'version must be a whole number, or "current".')]);
}
