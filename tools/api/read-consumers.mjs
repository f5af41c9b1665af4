import { controllersOf } from './read-routes.mjs';

/** As Nest keeps what `Consumes` says. */
const PATTERN = 'microservices:pattern';
const EXTRAS = 'microservices:pattern_extras';

/** Who reads each topic: our services by what they consume, without what they said themselves and relearn, then whoever reads it outside. */
export async function readersOf({ TOPICS, SERVICES }) {
  const consumed = [];
  for (const service of SERVICES) consumed.push([service, new Set((await controllersOf(service)).flatMap(topicsIn))]);
  return new Map(
    TOPICS.map(({ topic, readOutside = [] }) => [
      topic,
      [...consumed.filter(([, topics]) => topics.has(topic)).map(([service]) => service), ...readOutside],
    ]),
  );
}

function topicsIn({ prototype }) {
  const handlers = Object.getOwnPropertyNames(prototype).filter((name) => typeof prototype[name] === 'function');
  return handlers
    .map((name) => prototype[name])
    .filter((handler) => !Reflect.getMetadata(EXTRAS, handler)?.relearned)
    .flatMap((handler) => Reflect.getMetadata(PATTERN, handler) ?? []);
}
