import { createConfig, lintFromString } from '@redocly/openapi-core';

/** What a document must keep to besides its specification. Nothing is fetched: each document is whole. */
const RULES = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'operation-operationId-unique': 'error',
  'operation-operationId-url-safe': 'error',
  'operation-summary': 'error',
  'path-parameters-defined': 'error',
  'path-declaration-must-exist': 'error',
  'path-not-include-query': 'error',
  'no-identical-paths': 'error',
  'security-defined': 'error',
  'no-unused-components': 'error',
  'no-enum-type-mismatch': 'error',
};
const ASYNC_RULES = { struct: 'error', 'no-unresolved-refs': 'error', 'channels-kebab-case': 'off' };

/** What is wrong with a document, a line each. */
export async function lint(name, document) {
  const config = await createConfig({ rules: 'asyncapi' in document ? ASYNC_RULES : RULES });
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: `/docs/api/${name}.json`, config });
  return problems.map(({ ruleId, message, location: [{ pointer } = {}] }) => `docs/api/${name}.json: ${message} (${ruleId}, ${pointer})`);
}
