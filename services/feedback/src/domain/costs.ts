import { fault, isJsonObject, ok, parseJsonText, refuse, type Json, type JsonObject, type Result } from '@handoff/contracts';

/** What it costs where an agent works, at the level that would be asked; in the same unit, whatever it is. */
export interface Costs {
  /** Of a task that fails, or an action that is wrong, as the agent goes on alone. */
  readonly failure: number;
  /** Of a person's look. */
  readonly look: number;
}

/** What is declared: a failure costs what its domain says, a look what its level says, and both the same where these say nothing. */
export interface DeclaredCosts extends Costs {
  readonly domains: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<string, number>>;
}

export const costsFor = ({ failure, look, domains, levels }: DeclaredCosts, domain: string, level: string): Costs => ({
  failure: own(domains, domain) ?? failure,
  look: own(levels, level) ?? look,
});

const own = (record: Readonly<Record<string, number>>, name: string): number | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** `{"failure": 1, "look": 0.2, "domains": {"refunds": 5}, "levels": {"managers": 1}}` */
export function readCosts(text: string): Result<DeclaredCosts> {
  const parsed = parseJsonText(text);
  const value = parsed.kind === 'ok' && isJsonObject(parsed.value) ? parsed.value : {};
  const { failure = null, look = null, domains = {}, levels = {} } = value;
  if (!isPrice(failure) || !isPrice(look) || !arePrices(domains) || !arePrices(levels))
    return refuse(
      fault('', 'bad_format', 'Costs are JSON with failure and look, and where wanted domains and levels, each price above 0.'),
    );
  return ok({ failure, look, domains, levels });
}

const isPrice = (value: Json): value is number => typeof value === 'number' && value > 0 && Number.isFinite(value);
const arePrices = (value: Json): value is JsonObject & Readonly<Record<string, number>> =>
  isJsonObject(value) && Object.values(value).every(isPrice);
