import assert from 'node:assert/strict';
import { labDefaults, readLabFile } from '../../../src/core/model/labFile';
import { JsonSchema, type Schema } from '../../support/jsonSchema';

const jsonSchema = new JsonSchema('media/lab.schema.json');
const schema = jsonSchema.root;
const resolved = (part: Schema): Schema => jsonSchema.resolved(part);
const allows = (part: Schema, value: unknown): boolean => jsonSchema.allows(part, value);

/** Whether the program takes the same value. */
function isRead(value: unknown): boolean {
  return 'lab' in readLabFile(JSON.stringify(value), 'folder');
}

const servers = [{ port: 6379 }];
/** Values at and beyond every limit, of every type. */
const probes: readonly unknown[] = [
  ...[-1, 0, 1, 2, 1.5, 999, 1_000, 1_001, 65_535, 65_536, 86_400_000, 86_400_001],
  ...['', 'a', 'my-master_1.x', 'my master', '한글', '1'],
  ...[null, true, [], {}, [1], { a: 'b' }, { 'A b': 'c' }, { a: '' }, { a: 1 }],
];

describe('media/lab.schema.json', () => {
  it('is a schema whose references lead somewhere', () => {
    const references = JSON.stringify(schema).match(/"\$ref":"[^"]*"/g) ?? [];
    assert.ok(references.length > 0);
    for (const reference of references) {
      const name = /#\/definitions\/(\w+)/.exec(reference)?.[1] ?? '';
      assert.ok(schema.definitions?.[name], reference);
    }
  });

  for (const name of Object.keys(schema.properties ?? {})) {
    it(`allows for "${name}" what the program reads, and nothing else`, () => {
      for (const value of probes) {
        const file = { servers, [name]: value };
        assert.equal(allows(schema, file), isRead(file), JSON.stringify(file));
      }
    });
  }

  for (const [list, others] of [
    ['servers', {}],
    ['sentinels', { servers }],
  ] as const) {
    const names = Object.keys(resolved(schema.properties?.[list] ?? {}).items?.properties ?? {});
    for (const name of [...names, 'replicaOf', 'unknown']) {
      it(`allows for "${name}" of a node in ${list} what the program reads, and nothing else`, () => {
        for (const value of probes) {
          // A replica needs the node it replicates from, which only the program can know.
          const masters =
            list === 'servers' && name === 'replicaOf' && Number.isInteger(value) ? [{ port: value }] : [];
          const nodes = [...masters, { port: 7_000, [name]: value }];
          const file = { ...others, [list]: nodes };
          assert.equal(allows(schema, file), isRead(file), JSON.stringify(file));
        }
      });
    }
  }

  it('knows the properties that the program knows: every other one is refused by both', () => {
    for (const name of ['password', 'port', 'nodes', 'masters', 'Servers']) {
      const file = { servers, [name]: 'a' };
      assert.deepEqual([allows(schema, file), isRead(file)], [false, false], name);
    }
    assert.deepEqual([allows(schema, {}), isRead({})], [false, false]);
  });

  it('tells the defaults of the program', () => {
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      const known = (labDefaults as Readonly<Record<string, unknown>>)[name];
      assert.equal(part.default, known, name);
    }
  });

  it('describes every property but $schema', () => {
    const described = (part: Schema, place: string): void => {
      for (const [name, child] of Object.entries(part.properties ?? {})) {
        if (name === '$schema') continue;
        assert.ok(resolved(child).description, `${place}${name}`);
        described(resolved(child).items ?? {}, `${place}${name}.`);
      }
    };
    described(schema, '');
  });
});
