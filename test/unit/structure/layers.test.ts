import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from '../../support/repoRoot';
import {
  importsOf,
  importTarget,
  readSources,
  withoutComments,
  type SourceFile,
} from '../../support/sources';
import { useTemporaryFolder } from '../../support/temporaryFolder';

const sources = readSources('src');
const folderOf = (name: string): string => name.split('/')[1] ?? '';
const inFolders = (...folders: string[]): readonly SourceFile[] =>
  sources.filter(source => folders.includes(folderOf(source.name)));

/** `file -> import` for every import of these files that the rule forbids. */
function breaches(files: readonly SourceFile[], isForbidden: (target: string) => boolean): string[] {
  return files.flatMap(file =>
    file.imports
      .filter(specifier => isForbidden(importTarget(file.name, specifier)))
      .map(specifier => `${file.name} -> ${specifier}`),
  );
}

const leadsTo =
  (...folders: string[]) =>
  (target: string): boolean =>
    folders.some(folder => target === `src/${folder}` || target.startsWith(`src/${folder}/`));

describe('the layers of src', () => {
  it('are read: every form of an import is found', () => {
    const text = [
      "import type { A } from 'one';",
      "import {\n  b,\n  c,\n} from 'two';",
      "import 'three';",
      "export * from 'four';",
      "const late = await import('five');",
      "type T = typeof import('six');",
      "import seven = require('seven');",
      "import * as eight from 'eight';",
    ].join('\n');
    assert.deepEqual(importsOf(text).toSorted(), [
      'eight',
      'five',
      'four',
      'one',
      'seven',
      'six',
      'three',
      'two',
    ]);
    const folders = new Set(sources.map(source => folderOf(source.name)));
    for (const folder of ['core', 'lab', 'node', 'ui', 'cli']) assert.ok(folders.has(folder), folder);
    assert.ok(inFolders('ui').some(source => source.imports.includes('vscode')));
  });

  it('have the vscode module in src/ui and src/extension.ts only', () => {
    const others = sources.filter(
      source => folderOf(source.name) !== 'ui' && source.name !== 'src/extension.ts',
    );
    assert.deepEqual(
      breaches(others, target => target === 'vscode' || target.startsWith('vscode/')),
      [],
    );
  });

  it('let core import only itself and libraries without side effects', () => {
    const pure = new Set(['@vscode/l10n', 'jsonc-parser', 'valibot']);
    assert.deepEqual(
      breaches(inFolders('core'), target => !leadsTo('core')(target) && !pure.has(target)),
      [],
    );
  });

  it('let lab import only itself, core and the localisation', () => {
    assert.deepEqual(
      breaches(inFolders('lab'), target => !leadsTo('core', 'lab')(target) && target !== '@vscode/l10n'),
      [],
    );
  });

  it('keep node away from both faces', () => {
    assert.deepEqual(breaches(inFolders('node'), leadsTo('ui', 'cli', 'extension')), []);
  });

  it('keep the two faces apart', () => {
    assert.deepEqual(breaches(inFolders('ui'), leadsTo('cli', 'extension')), []);
    assert.deepEqual(breaches(inFolders('cli'), leadsTo('ui', 'extension')), []);
  });

  it('let the protocol know types of core only', () => {
    assert.deepEqual(
      breaches(inFolders('protocol'), target => !leadsTo('core', 'protocol')(target)),
      [],
    );
  });

  it('let the browser side know core and the protocol only', () => {
    const inside = leadsTo('core', 'protocol', 'webview');
    assert.deepEqual(
      breaches(inFolders('webview'), target => !inside(target)),
      [],
    );
    assert.deepEqual(breaches(inFolders('ui', 'node', 'cli', 'lab', 'core'), leadsTo('webview')), []);
  });

  it('have no file that only exports again', () => {
    const barrels = sources.filter(source => {
      const code = withoutComments(source.text)
        .replace(/export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"][^'"]+['"];?/g, '')
        .trim();
      return code === '' || /(?:^|\/)index\.ts$/.test(source.name);
    });
    assert.deepEqual(
      barrels.map(source => source.name),
      [],
    );
  });

  it('have an entry file of under 120 lines', () => {
    const entry = sources.find(source => source.name === 'src/extension.ts');
    assert.ok(entry);
    const lines = entry.text.trimEnd().split('\n').length;
    assert.ok(lines < 120, `src/extension.ts has ${lines} lines`);
  });
});

describe('core', () => {
  const folder = useTemporaryFolder();

  it('asks neither the clock nor chance', () => {
    const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\b/;
    const found = inFolders('core').filter(source => impure.test(withoutComments(source.text)));
    assert.deepEqual(
      found.map(source => source.name),
      [],
    );
  });

  it('compiles without the globals of node and browsers: no process, no timers, no console, no fetch', function () {
    this.timeout(30_000);
    const config = path.join(folder.dir, 'tsconfig.json');
    writeFileSync(
      config,
      JSON.stringify({
        extends: path.join(repoRoot, 'tsconfig.json'),
        // TextDecoder and TextEncoder are globals everywhere and have no side effects.
        compilerOptions: { types: [], lib: ['ES2023'], noEmit: true },
        include: [path.join(repoRoot, 'src/core'), path.join(folder.dir, 'globals.d.ts')],
      }),
    );
    writeFileSync(
      path.join(folder.dir, 'globals.d.ts'),
      `declare class TextDecoder {
        constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
        decode(input: Uint8Array): string;
      }
      declare class TextEncoder {
        encode(input: string): Uint8Array;
        encodeInto(input: string, into: Uint8Array): { read: number; written: number };
      }`,
    );
    const compiler = path.join(repoRoot, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', config, '--pretty', 'false'], {
      encoding: 'utf8',
      cwd: repoRoot,
    });
    assert.equal(status, 0, stdout);
  });

  it('keeps no state of its own between calls', () => {
    const loose = inFolders('core').flatMap(source =>
      withoutComments(source.text)
        .split('\n')
        .filter(line => /^(?:export\s+)?(?:let|var)\s/.test(line))
        .map(line => `${source.name}: ${line}`),
    );
    assert.deepEqual(loose, []);
  });
});
