import { readFileSync } from 'node:fs';
import path from 'node:path';
import { adoptConfs } from '../../src/core/conf/adoptConfs';
import { chooseConfs } from '../../src/core/conf/chooseConfs';
import { confChanges } from '../../src/core/conf/confChanges';
import { convertConf } from '../../src/core/conf/convertConf';
import { readFoundConf, type FoundConf } from '../../src/core/conf/foundConf';
import { parseVersion } from '../../src/core/conf/serverVersion';
import { writeAdoptedLabFile } from '../../src/core/model/adoptedLabFile';
import { adoptionText, foundText, problemText } from '../../src/core/view/adoptionText';
import { changeLine, changeSummary } from '../../src/core/view/confChangeText';
import type { ConfFile } from '../support/anyConf';
import { assertGolden } from '../support/golden';
import { useLanguage, type TestLanguage } from '../support/language';
import { noteConfs } from '../support/noteConfs';
import { repoRoot } from '../support/repoRoot';

const languages: readonly TestLanguage[] = ['en', 'ko'];
const context = { windows: false, ownHosts: [] };
const read = (files: readonly ConfFile[]): FoundConf[] =>
  files.flatMap(({ path: name, text }) => readFoundConf(name, text) ?? []);
const fixture = (name: string): string =>
  readFileSync(path.join(repoRoot, 'test/fixtures/conf/rewritten', name), 'utf8');

/** A folder in which nearly everything is wrong. */
const broken: readonly ConfFile[] = [
  { path: 'redis.master.conf', text: 'port 6379 # master\ndir "C:\\\\Redis"\nrequirepass s3cret\n' },
  { path: 'redis.slave.conf', text: 'port 6380\nbind 192.168.0.9\nslaveof 10.0.0.5 6379\ndaemonize yes\n' },
  {
    path: 'sentinel26379.conf',
    text: 'port 26379\nsentinel monitor mymaster 127.0.0.1 6390 3\nsentinel myid abc\n',
  },
  {
    path: 'sentinel26380.conf',
    text: 'port 26380\nsentinel monitor other 127.0.0.1 6379 1\nsentinel myid abc\n',
  },
  { path: 'sentinel26381.conf', text: 'port 26381\ninclude common.conf\n' },
];

describe('the confs of the note', () => {
  afterEach(() => useLanguage('en'));

  for (const language of languages) {
    it(`are found and shown as a lab (${language})`, () => {
      useLanguage(language);
      const found = read(noteConfs());
      const adoption = adoptConfs(chooseConfs(found), context);
      const paths = new Map(
        adoption.nodes.map(({ name, conf }) => [name, { conf: conf.path, log: undefined }]),
      );
      const text = [
        ...found.map(conf => `${conf.path}  ${foundText(conf)}`),
        '',
        ...adoptionText(adoption),
        ...adoption.problems.map(problemText),
        '',
        writeAdoptedLabFile(adoption, { name: 'Redis', paths }),
      ].join('\n');
      assertGolden(`noteConfs/adopted.${language}.golden.txt`, text);
    });

    it(`with every fault are told what is wrong (${language})`, () => {
      useLanguage(language);
      const { problems } = adoptConfs(read(broken), context);
      const lines = problems.map(problem => `[${problem.severity}] ${problemText(problem)}`);
      assertGolden(`noteConfs/problems.${language}.golden.txt`, `${lines.join('\n')}\n`);
    });

    for (const [name, kind] of [
      ['sentinel', 'sentinel'],
      ['promoted', 'server'],
      ['old-master', 'server'],
    ] as const)
      it(`are labelled after a failover: ${name} (${language})`, () => {
        useLanguage(language);
        const changes = confChanges(fixture(`${name}.first.conf`), fixture(`${name}.now.conf`), kind);
        const text = [changeSummary(changes), ...changes.map(changeLine), ''].join('\n');
        assertGolden(`noteConfs/${name}.${language}.golden.txt`, text);
      });
  }

  for (const version of ['redis-7.0.15', 'windows-3.0.504']) {
    it(`are converted for ${version}`, () => {
      const texts = noteConfs(undefined, {
        replicaOf: version === 'redis-7.0.15' ? 'slaveof' : 'replicaof',
      }).map(({ path: name, text }) => {
        const kind = name.includes('sentinel') ? 'sentinel' : 'server';
        return `=== ${name}\n${convertConf(text, kind, parseVersion(version)!).text}`;
      });
      const rewritten = convertConf(fixture('sentinel.now.conf'), 'sentinel', parseVersion(version)!).text;
      assertGolden(
        `noteConfs/converted.${version}.golden.txt`,
        [...texts, `=== rewritten\n${rewritten}`].join('\n'),
      );
    });
  }
});
