import assert from 'node:assert/strict';
import en from '../../../l10n/directives.en.directivesMtoZ.json';
import ko from '../../../l10n/directives.ko.directivesMtoZ.json';
import { serverDirectiveMasks } from '../../../src/core/conf/directives.generated';
import { directivesMtoZ } from '../../../src/core/conf/specs/directivesMtoZ';

const names = directivesMtoZ.map(spec => spec.name);

describe('directivesMtoZ', () => {
  it('has each directive once, in order', () => {
    assert.deepEqual(names, [...new Set(names)].toSorted());
  });

  it('has every directive from m to z that a tested server accepts', () => {
    const accepted = Object.keys(serverDirectiveMasks).filter(name => name >= 'm');
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
    for (const { name, renamedTo, renamedFrom } of directivesMtoZ) {
      const other = directivesMtoZ.find(spec => spec.name === (renamedTo ?? renamedFrom));
      if (other) assert.equal(renamedTo === undefined ? other.renamedTo : other.renamedFrom, name);
    }
  });

  it('says how many values there are', () => {
    for (const { name, usage, args, optional, more } of directivesMtoZ) {
      const values = usage.match(/<[^>]+>/g) ?? [];
      assert.equal(values.length, args.length, name);
      assert.ok((optional ?? 0) <= args.length, name);
      assert.equal(usage.includes('…'), more === true, name);
    }
  });
});
