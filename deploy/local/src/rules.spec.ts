import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { REPOSITORY } from './home.js';

const PROMETHEUS = join(REPOSITORY, 'deploy/prometheus');
const RUNBOOKS = join(REPOSITORY, 'docs/runbooks');

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert?: string }[] }[];
}
interface Tests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly object[] }[];
  }[];
}

const files = (folder: string): readonly string[] => readdirSync(join(PROMETHEUS, folder)).map((file) => join(PROMETHEUS, folder, file));
const read = (file: string): unknown => parse(readFileSync(file, 'utf8'));
const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const alerts = sorted(
  files('rules').flatMap((file) => (read(file) as Rules).groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []))),
);
/** As its checks name them, in their sources: which of them a judgement comes to is for its own test. */
const CHECKS = join(REPOSITORY, 'deploy/local/src/doctor/checks');
const ofTheDoctor = sorted(
  readdirSync(CHECKS)
    .filter((file) => !file.endsWith('.spec.ts'))
    .flatMap((file) => readFileSync(join(CHECKS, file), 'utf8').match(/(?<=')handoff-[a-z-]+(?=')/g) ?? []),
);
const tried = files('tests').flatMap((file) => (read(file) as Tests).tests.flatMap((test) => test.alert_rule_test));

const promtool = (() => {
  try {
    return execFileSync('promtool', ['--version']) && 'promtool';
  } catch {
    return null;
  }
})();
const whereItIs = promtool ? it : it.skip; // promtool comes with Prometheus, which this machine has not

describe('the alerts', () => {
  it('have a runbook each, under their own name, and every runbook is an alert’s or the doctor’s', () => {
    const pages = readdirSync(RUNBOOKS).filter((file) => file.endsWith('.md') && file !== 'README.md');
    const found = sorted(pages.map((page) => page.slice(0, -'.md'.length)));
    expect(found).toEqual(sorted([...alerts, ...ofTheDoctor]));
    const listed = [...readFileSync(join(RUNBOOKS, 'README.md'), 'utf8').matchAll(/^\| \[([\w-]+)\]\(\1\.md\)/gm)];
    expect(sorted(listed.map(([, name]) => name ?? ''))).toEqual(found);
  });

  it('are each made to fire and to clear', () => {
    expect(sorted(tried.filter(({ exp_alerts: fired }) => fired.length > 0).map(({ alertname }) => alertname))).toEqual(alerts);
    expect(sorted(tried.filter(({ exp_alerts: fired }) => fired.length === 0).map(({ alertname }) => alertname))).toEqual(alerts);
  });

  whereItIs(
    'fire when they should, and clear when they should',
    async () => {
      await promisify(execFile)('promtool', ['check', 'rules', ...files('rules')]);
      await promisify(execFile)('promtool', ['test', 'rules', ...files('tests')]);
    },
    120_000,
  );
});
