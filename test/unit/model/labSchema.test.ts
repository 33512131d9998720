import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { labDefaults, readLabFile } from '../../../src/core/model/labFile';
import { repoRoot } from '../../support/repoRoot';

/** As much of JSON schema as lab.schema.json uses. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync(path.join(repoRoot, 'media/lab.schema.json'), 'utf8')) as Schema;

/** The schema with what it refers to merged in. */
function resolved(part: Schema): Schema {
  const referred =
    part.$ref === undefined ? {} : resolved(schema.definitions?.[part.$ref.split('/').at(-1) ?? ''] ?? {});
  return Object.assign({}, referred, ...(part.allOf ?? []).map(resolved), part) as Schema;
}

/** Whether the schema allows the value, as far as it says so with the keywords above. */
function allows(part: Schema, value: unknown): boolean {
  const rule = resolved(part);
  switch (rule.type) {
    case 'string':
      return (
        typeof value === 'string' &&
        value.length >= (rule.minLength ?? 0) &&
        (rule.pattern === undefined || new RegExp(rule.pattern).test(value))
      );
    case 'integer':
      return (
        Number.isInteger(value) &&
        Number(value) >= (rule.minimum ?? -Infinity) &&
        Number(value) <= (rule.maximum ?? Infinity)
      );
    case 'array':
      return (
        Array.isArray(value) &&
        value.length >= (rule.minItems ?? 0) &&
        value.every(item => rule.items === undefined || allows(rule.items, item))
      );
    case 'object':
      return (
        typeof value === 'object' && value !== null && !Array.isArray(value) && allowsObject(rule, value)
      );
    default:
      assert.fail(`no type in ${JSON.stringify(part)}`);
  }
}

function allowsObject(rule: Schema, value: object): boolean {
  const entries = Object.entries(value) as [string, unknown][];
  const names = entries.map(([name]) => name);
  return (
    (rule.required ?? []).every(name => names.includes(name)) &&
    names.every(
      name => rule.propertyNames?.pattern === undefined || new RegExp(rule.propertyNames.pattern).test(name),
    ) &&
    entries.every(([name, item]) => {
      const known = rule.properties?.[name];
      if (known) return allows(known, item);
      return typeof rule.additionalProperties === 'object'
        ? allows(rule.additionalProperties, item)
        : rule.additionalProperties !== false;
    })
  );
}

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
