import assert from 'node:assert/strict';
import en from '../../../l10n/directives.en.sentinelDirectives.json';
import ko from '../../../l10n/directives.ko.sentinelDirectives.json';
import { sentinelDirectiveMasks } from '../../../src/core/conf/directives.generated';
import { sentinelDirectives } from '../../../src/core/conf/specs/sentinelDirectives';

const names = sentinelDirectives.map(spec => spec.name);

describe('sentinelDirectives', () => {
  it('has each directive once, in order', () => {
    assert.deepEqual(names, [...new Set(names)].toSorted());
  });

  it('has every statement that a tested Sentinel accepts', () => {
    const accepted = Object.keys(sentinelDirectiveMasks).filter(name => name.startsWith('sentinel '));
    assert.deepEqual(
      accepted.filter(name => !names.includes(name)),
      [],
    );
  });

  it('has a text for each directive in both languages, with the same parts', () => {
    const parts = (texts: object) => Object.entries(texts).map(([name, entry]) => [name, Object.keys(entry)]);
    assert.deepEqual(Object.keys(en), names);
    assert.deepEqual(parts(ko), parts(en));
    for (const entry of [...Object.values(en), ...Object.values(ko)])
      for (const part of Object.values(entry)) assert.match(part, /\S/);
  });

  it('names each renamed directive from both sides', () => {
    for (const { name, renamedTo, renamedFrom } of sentinelDirectives) {
      const other = sentinelDirectives.find(spec => spec.name === (renamedTo ?? renamedFrom));
      if (other) assert.equal(renamedTo === undefined ? other.renamedTo : other.renamedFrom, name);
    }
  });

  it('says how many values there are', () => {
    for (const { name, usage, args, optional, more } of sentinelDirectives) {
      const values = usage.match(/<[^>]+>/g) ?? [];
      assert.equal(values.length, args.length, name);
      assert.ok((optional ?? 0) <= args.length, name);
      assert.equal(usage.includes('…'), more === true, name);
    }
  });
});
