import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  colorIds,
  commandIds,
  contextKeys,
  drillControllerId,
  logViewId,
  settingIds,
  timelineEditorId,
  timelineViewType,
  viewId,
} from '../../../src/contributions';
import { attentionColor } from '../../../src/core/view/nodeIcon';
import { repoRoot } from '../../support/repoRoot';
import { readSources } from '../../support/sources';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations: string[];
    };
  };
  readonly contributes: {
    readonly viewsContainers: Readonly<Record<string, { readonly id: string; readonly icon: string }[]>>;
    readonly views: Readonly<Record<string, { readonly id: string }[]>>;
    readonly viewsWelcome: { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly commands: { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, MenuItem[]>>;
    readonly keybindings: MenuItem[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly colors: { readonly id: string }[];
    readonly jsonValidation: { readonly url: string }[];
  };
}

const readText = (name: string): string => readFileSync(path.join(repoRoot, name), 'utf8');
const manifestText = readText('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const texts = {
  en: JSON.parse(readText('package.nls.json')) as Record<string, string>,
  ko: JSON.parse(readText('package.nls.ko.json')) as Record<string, string>,
};
const commandList: readonly string[] = contributes.commands.map(({ command }) => command);
const commands = new Set(commandList);
const usedKeys = Array.from(manifestText.matchAll(/"%([\w.]+)%"/g), match => match[1] ?? '');
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].toSorted();
const twice = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);
/** The words in the texts that go to another program and must not be translated. */
const links = (text: string): string[] =>
  Array.from(text.matchAll(/\(command:[\w.]+\)|`[^`]+`/g), String).toSorted();

describe('package.json', () => {
  it('contributes exactly the commands of contributions.ts, each once', () => {
    assert.deepEqual(sorted(commandList), sorted(Object.values(commandIds)));
    assert.deepEqual(twice(commandList), []);
  });

  it('contributes exactly the settings of contributions.ts', () => {
    assert.deepEqual(
      sorted(Object.keys(contributes.configuration.properties)),
      sorted(Object.values(settingIds)),
    );
  });

  it('contributes the views of contributions.ts in containers of their own', () => {
    assert.deepEqual(
      Object.values(contributes.views).flatMap(views => views.map(({ id }) => id)),
      [viewId, logViewId],
    );
    const containers = new Set(
      Object.values(contributes.viewsContainers).flatMap(list => list.map(({ id }) => id)),
    );
    for (const container of Object.keys(contributes.views)) assert.ok(containers.has(container), container);
    for (const { view } of contributes.viewsWelcome) assert.equal(view, viewId);
  });

  it('contributes exactly the colours of contributions.ts, which the views use', () => {
    assert.deepEqual(
      contributes.colors.map(({ id }) => id),
      colorIds,
    );
    assert.ok((colorIds as readonly string[]).includes(attentionColor));
  });

  it('names the commands as contributions.ts does', () => {
    for (const [name, id] of [...Object.entries(commandIds), ...Object.entries(settingIds)])
      assert.equal(id, `redisHaLab.${name}`);
  });

  it('gives every command a title with a key named after it, and the category', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(title, `%${command.replace('redisHaLab', 'command')}%`);
      assert.equal(category, 'Redis HA');
    }
  });

  for (const [language, entries] of Object.entries(texts)) {
    it(`has a text for every key it uses, and no other, in ${language}`, () => {
      assert.deepEqual(sorted(Object.keys(entries)), sorted(usedKeys));
      for (const [key, text] of Object.entries(entries)) assert.notEqual(text.trim(), '', key);
    });
  }

  it('has Korean texts that keep the commands, names in backticks and the dots of a question', () => {
    for (const [key, english] of Object.entries(texts.en)) {
      const korean = texts.ko[key] ?? '';
      assert.deepEqual(links(korean), links(english), key);
      assert.equal(korean.endsWith('…'), english.endsWith('…'), key);
    }
  });

  it('has texts that are really Korean', () => {
    const letters = /[\uac00-\ud7a3]/;
    const english = Object.entries(texts.ko).filter(
      ([key, text]) => !letters.test(text) && key !== 'displayName',
    );
    assert.deepEqual(english, []);
  });

  it('has menus and keys for its own commands only', () => {
    const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    assert.ok(items.length > 0);
    for (const { command } of items) assert.ok(commands.has(command), command);
  });

  it('has links in its welcome texts to its own commands or to those of VS Code', () => {
    for (const text of Object.values(texts.en)) {
      for (const [, command] of text.matchAll(/\(command:([\w.]+)\)/g)) {
        assert.ok(commands.has(command ?? '') || command?.startsWith('workbench.'), command);
      }
    }
  });

  it('has conditions with known context keys only', () => {
    const items = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.keybindings,
      ...contributes.viewsWelcome,
    ];
    const known = new Set<string>([
      ...Object.values(contextKeys),
      viewId,
      logViewId,
      drillControllerId,
      timelineViewType,
      timelineEditorId,
    ]);
    for (const { when = '' } of items) {
      for (const [key] of when.matchAll(/redisHaLab\.\w+/g)) assert.ok(known.has(key), `${key} in ${when}`);
      for (const [, pattern] of when.matchAll(/=~ \/((?:[^/\\]|\\.)+)\//g))
        assert.ok(new RegExp(pattern ?? ''));
    }
  });

  it('has every command on a menu, a key or the palette, and each of the context keys in use', () => {
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');
    const reachable = new Set(
      [
        ...Object.entries(contributes.menus).flatMap(([menu, items]) =>
          menu === 'commandPalette' ? [] : items,
        ),
        ...contributes.keybindings,
      ].map(({ command }) => command),
    );
    for (const { command } of hidden) assert.ok(reachable.has(command), command);
    for (const key of Object.values(contextKeys)) assert.ok(manifestText.includes(key), key);
  });

  it('does not offer the same command twice in one group of a menu under the same condition', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      assert.deepEqual(twice(items.map(item => JSON.stringify(item))), [], menu);
    }
  });

  it('restricts settings that exist, and among them the one that names a program', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    const settings = Object.keys(contributes.configuration.properties);
    for (const setting of restrictedConfigurations) assert.ok(settings.includes(setting), setting);
    assert.ok(restrictedConfigurations.includes(settingIds.serverPath));
  });

  it('asks for no newer VS Code than its types describe', () => {
    const numbers = (version: string): number[] => version.replace(/^\D*/, '').split('.').map(Number);
    const [major = 0, minor = 0] = numbers(manifest.engines.vscode);
    const [typesMajor = 0, typesMinor = 0] = numbers(manifest.devDependencies['@types/vscode'] ?? '');
    assert.ok(
      major === typesMajor && minor >= typesMinor,
      'the code may use what an older VS Code does not have',
    );
    assert.ok(minor <= typesMinor, 'engines.vscode is newer than @types/vscode');
  });

  it('refers to files that exist', () => {
    const files = [
      ...Object.values(contributes.viewsContainers).flatMap(list => list.map(({ icon }) => icon)),
      ...contributes.jsonValidation.map(({ url }) => url),
    ];
    for (const file of files) assert.ok(readText(file).length > 0, file);
  });
});

describe('the sources', () => {
  it('take ids from contributions.ts and do not write them out', () => {
    const ids: readonly string[] = [
      ...Object.values(commandIds),
      ...Object.values(settingIds),
      viewId,
      logViewId,
    ];
    const found = readSources('src')
      .filter(({ name }) => name !== 'src/contributions.ts')
      .flatMap(({ name, text }) => ids.filter(id => text.includes(`'${id}'`)).map(id => `${name}: ${id}`));
    assert.deepEqual(found, []);
  });

  it('register every command', () => {
    const text = readSources('src/ui')
      .map(source => source.text)
      .join('\n');
    const missing = Object.keys(commandIds).filter(name => !new RegExp(`commandIds\\.${name}\\b`).test(text));
    assert.deepEqual(missing, []);
  });
});
