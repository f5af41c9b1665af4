import { Controller, Get, Header, Inject } from '@nestjs/common';
import { readDocument, type HttpDocument, type TopicsDocument } from './api-document.js';
import { writeHttp } from './write-http.js';
import { writeTopics } from './write-topics.js';

export const SERVICE_NAME = Symbol('ServiceName');

const HTML = 'text/html; charset=utf-8';
/** Nothing runs on these pages, and nothing is fetched for them. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What this service and the topics are to be used by, as pages and as the documents that these are made from. */
@Controller('docs')
export class DocsController {
  constructor(@Inject(SERVICE_NAME) private readonly service: string) {}

  /** This service's HTTP, as a page. */
  @Get()
  @Header('content-type', HTML)
  @Header('content-security-policy', POLICY)
  async http(): Promise<string> {
    return writeHttp(JSON.parse(await this.openApi()) as HttpDocument); // generated and linted
  }

  /** The topics, as a page. */
  @Get('topics')
  @Header('content-type', HTML)
  @Header('content-security-policy', POLICY)
  async topics(): Promise<string> {
    return writeTopics(JSON.parse(await this.asyncApi()) as TopicsDocument); // generated and linted
  }

  /** This service's HTTP, as OpenAPI 3.1. */
  @Get('openapi.json')
  @Header('content-type', 'application/json')
  async openApi(): Promise<string> {
    return readDocument(`${this.service}.openapi`);
  }

  /** The topics, as AsyncAPI 3. */
  @Get('asyncapi.json')
  @Header('content-type', 'application/json')
  async asyncApi(): Promise<string> {
    return readDocument('asyncapi');
  }
}
