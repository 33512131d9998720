import assert from 'node:assert/strict';
import { readDirectives } from '../../src/core/conf/confDocument';
import { acceptsDirective } from '../../src/core/conf/directives';
import { writeFirstConf } from '../../src/core/conf/firstConf';
import { parseVersion, type ServerVersion } from '../../src/core/conf/serverVersion';
import type { NodeSpec } from '../../src/core/model/lab';
import { assertGolden, goldenFiles } from '../support/golden';
import { makeLab } from '../support/labs';
import { useLanguage, type TestLanguage } from '../support/language';

const versions = [
  'windows-2.8.2101',
  'windows-3.0.504',
  'redis-2.8.24',
  'redis-3.0.7',
  'redis-3.2.13',
  'redis-4.0.14',
  'redis-5.0.14',
  'redis-6.0.20',
  'redis-6.2.16',
  'redis-7.0.15',
  'redis-7.2.6',
  'redis-7.4.1',
  'redis-8.0.6',
  'valkey-8.1.1',
  'valkey-9.1.2',
];

interface Scenario {
  readonly name: string;
  /** The lab's folder, with the separators of its system. */
  readonly folder: string;
  readonly windows: boolean;
  readonly password?: string;
  readonly language?: TestLanguage;
  readonly settings?: Readonly<Record<string, string>>;
}

const scenarios: readonly Scenario[] = [
  { name: 'plain', folder: '/srv/first-lab', windows: false },
  { name: 'password', folder: '/srv/first-lab', windows: false, password: 'C0rrect#horse\\battery' },
  { name: 'blanks-and-korean', folder: '/home/me/내 실험/첫 lab', windows: false },
  { name: 'windows-path', folder: 'C:\\Users\\나\\my labs\\new\\temp', windows: true, password: 'secret' },
  {
    name: 'settings',
    folder: '/srv/first-lab',
    windows: false,
    settings: { 'min-replicas-to-write': '1', 'slave-priority': '10', maxmemory: '10mb' },
  },
];
const korean: Scenario = { ...scenarios[0]!, name: 'korean-texts', language: 'ko' };

/** The confs of a master, a replica and a Sentinel. */
function confs(
  version: ServerVersion,
  scenario: Scenario,
): readonly (readonly [node: NodeSpec, text: string])[] {
  const { folder, windows, password } = scenario;
  const lab = makeLab({ replicas: 1, sentinels: 1, settings: scenario.settings ?? {} });
  const inFolder = (name: string): string =>
    windows ? `${folder}\\${name.replaceAll('/', '\\')}` : `${folder}/${name}`;
  return lab.nodes.map(node => {
    const context = {
      version,
      windows,
      password,
      dataDirectory: inFolder(node.data),
      logFile: inFolder(node.log),
    };
    return [node, writeFirstConf(lab, node, context)];
  });
}

function versionOf(name: string): ServerVersion {
  const version = parseVersion(name);
  assert.ok(version, name);
  return version;
}

const goldenName = (version: string, scenario: Scenario): string => `${version}/${scenario.name}.golden.txt`;
const cases = versions.flatMap(version => [
  ...scenarios.map(scenario => ({ version, scenario })),
  ...(version === 'redis-7.0.15' ? [{ version, scenario: korean }] : []),
]);

describe('generated confs', () => {
  afterEach(() => useLanguage('en'));

  for (const { version, scenario } of cases) {
    it(`${goldenName(version, scenario)} is unchanged`, () => {
      useLanguage(scenario.language ?? 'en');
      const parts = confs(versionOf(version), scenario).map(([node, text]) => `=== ${node.conf}\n${text}`);
      assertGolden(`conf/${goldenName(version, scenario)}`, parts.join('\n'));
    });
  }

  it('have no golden file that no test looks at', () => {
    assert.deepEqual(
      goldenFiles('conf'),
      cases.map(({ version, scenario }) => goldenName(version, scenario)).toSorted(),
    );
  });

  for (const { version, scenario } of cases) {
    it(`for ${version}, ${scenario.name}, have only directives that it starts with`, () => {
      for (const [node, text] of confs(versionOf(version), scenario)) {
        const names = readDirectives(text).map(({ name, args }) =>
          name === 'sentinel' ? `${name} ${args[0]}` : name,
        );
        assert.ok(names.length >= 5);
        const unknown = names.filter(name => !acceptsDirective(versionOf(version), node.kind, name));
        assert.deepEqual(unknown, [], node.conf);
      }
    });
  }

  it('can be read back: every line is a comment or a directive, and paths and passwords are whole', () => {
    for (const { version, scenario } of cases) {
      for (const [node, text] of confs(versionOf(version), scenario)) {
        const lines = text.trimEnd().split('\n');
        const directives = readDirectives(text);
        assert.equal(directives.length, lines.filter(line => !line.startsWith('#')).length);
        const value = (name: string): string | undefined =>
          directives.find(each => each.name === name)?.args.at(-1);
        const slashed = `${scenario.folder.replaceAll('\\', scenario.windows ? '/' : '\\')}/`;
        assert.equal(value('dir'), slashed + node.data);
        assert.equal(value('logfile'), slashed + node.log);
        if (node.kind === 'server') assert.equal(value('requirepass'), scenario.password);
        const secret = directives.find(({ name, args }) => name === 'masterauth' || args[0] === 'auth-pass');
        assert.equal(secret?.args.at(-1), scenario.password);
      }
    }
  });
});
