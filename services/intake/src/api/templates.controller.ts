import { isJsonObject, type JsonObject, type ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, numberIn, Problem, ServiceTokenGuard, valueOrProblem, type Query } from '@handoff/runtime';
import { Body, Controller, Get, HttpStatus, Inject, Param, Post, Query as FromQuery, UseGuards } from '@nestjs/common';
import { Templates } from '../store/templates.js';
import type { Template } from '../templates/template.js';
import { objectIn } from './body.js';

/** What tasks are made from; the door for people is notifier's. */
@Controller('v1/templates')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class TemplatesController {
  constructor(@Inject(Templates) private readonly templates: Templates) {}

  @Get()
  async list(@Caller() { tenant }: ServiceClaims) {
    const all = await this.templates.newest(tenant);
    return { templates: all.map(({ id, version, name, about, capability = null }) => ({ id, version, name, about, capability })) };
  }

  @Get(':id')
  async show(@Caller() { tenant }: ServiceClaims, @Param('id') id: string, @FromQuery() query: Query): Promise<Template> {
    const version = numberIn(query, 'version', { or: 0, min: 1, max: 1_000_000 });
    return this.find(tenant, id, version === 0 ? null : version);
  }

  /** `{from: {id, version}, id, …}`: a copy under an id of one's own, with what is to be different; the same id again is its next version. */
  @Post()
  @CallableBy('lead', 'admin')
  async add(@Caller() { tenant, subject }: ServiceClaims, @Body() body: unknown): Promise<Template> {
    const { from = null, ...words } = valueOrProblem(objectIn(body));
    const base = isJsonObject(from) ? await this.baseOf(tenant, from) : null;
    return valueOrProblem(await this.templates.add(tenant, base, words, subject));
  }

  private baseOf(tenant: ServiceClaims['tenant'], { id, version }: JsonObject): Promise<Template> {
    return this.find(tenant, String(id), typeof version === 'number' ? version : null);
  }

  private async find(tenant: ServiceClaims['tenant'], id: string, version: number | null): Promise<Template> {
    const template = (await this.templates.finder(tenant))(id, version);
    if (!template) throw new Problem(HttpStatus.NOT_FOUND, 'not_found', `There is no template "${id.slice(0, 64)}" of that version.`);
    return template;
  }
}
