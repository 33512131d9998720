import assert from 'node:assert/strict';
import { expectationNames } from '../../../src/core/drill/expectation';
import { faultTypes } from '../../../src/core/drill/fault';
import { errorClasses } from '../../../src/core/probe/errorClass';
import { readScenario } from '../../../src/core/drill/scenario';
import { stepNames, waitNames } from '../../../src/core/drill/scenarioSteps';
import { eventTable } from '../../../src/core/log/eventTable';
import { scenarioFiles } from '../../support/drills';
import { JsonSchema, type Schema } from '../../support/jsonSchema';

const schema = new JsonSchema('media/scenario.schema.json');
const { root } = schema;
const definition = (name: string): Schema => schema.resolved({ $ref: `#/definitions/${name}` });

/** Whether the program takes the same value. */
const isRead = (value: unknown): boolean => 'scenario' in readScenario(JSON.stringify(value), 'file');

/** So much that no step and no expectation lacks something outside of itself. */
const around = {
  lab: { replicas: 3, sentinels: 3, network: true },
  probe: { replicaReads: true },
  act: [{ after: '1s' }],
};

/** Values at and beyond limits, of every type. */
const probes: readonly unknown[] = [
  ...[-1, 0, 0.5, 1, 2, 50, 51, 1_000, 1_001, 1_000_000, 1_000_001, 10_000_000, 10_000_001],
  ...[
    '',
    'a',
    'A b',
    'kill-master',
    '5s',
    '250ms',
    '1.5m',
    '5',
    's',
    '+odown',
    '+nothing',
    'master',
    'two\nlines',
  ],
  ...[
    'replica:2',
    'replica:0',
    'sentinel',
    'redis-6380',
    '6380',
    'client',
    'client:a',
    'up',
    'some',
    'TIMEOUT',
  ],
  ...[null, true, false, [], {}, ['sentinel'], ['none'], { a: 'b' }, { 'A b': 'c' }, { a: 1 }],
  ...[[{ after: '1s' }], [{ after: 1 }], [{ ready: true }]],
];

/** A value that a part of the schema allows, with every property that it knows. */
function sample(part: Schema): unknown {
  const rule = schema.resolved(part);
  if (rule.anyOf?.[0]) return sample(rule.anyOf[0]);
  if (rule.enum) return rule.enum[0];
  if ('const' in rule) return rule.const;
  switch (rule.type) {
    case 'string':
      return ['5s', 'master', 'a', 'client'].find(text => schema.allows(rule, text));
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return rule.minimum ?? 1;
    case 'array':
      return rule.items ? [sample(rule.items)] : [];
    default:
      return {
        ...(typeof rule.additionalProperties === 'object' ? { save: sample(rule.additionalProperties) } : {}),
        ...Object.fromEntries(
          Object.entries(rule.properties ?? {}).map(([name, inner]) => [name, sample(inner)]),
        ),
      };
  }
}

/** The value with one thing changed: a property left out, added, or given each of the probes; also within objects of it. */
function* changes(value: Readonly<Record<string, unknown>>): Generator {
  yield { ...value, unknown: 1 };
  for (const name of Object.keys(value)) {
    const { [name]: own, ...rest } = value;
    yield rest;
    for (const probe of probes) yield { ...value, [name]: probe };
    if (typeof own === 'object' && own !== null && !Array.isArray(own))
      for (const inner of changes(own as Readonly<Record<string, unknown>>))
        yield { ...value, [name]: inner };
  }
}

/** A link from a node to itself. */
const isLoop = ({ from, to }: Readonly<Record<string, unknown>>): boolean =>
  from !== undefined && from === to;

function assertAgree(file: unknown): void {
  assert.equal(schema.allows(root, file), isRead(file), JSON.stringify(file));
}

describe('media/scenario.schema.json', () => {
  it('is a schema whose references lead somewhere', () => {
    const references = schema.references();
    assert.ok(references.length > 10);
    for (const name of references) assert.ok(root.definitions?.[name], name);
  });

  it('knows the words that the program knows', () => {
    assert.deepEqual(definition('event').enum?.toSorted(), Object.keys(eventTable).toSorted());
    const steps = definition('step').anyOf ?? [];
    const firstWords = steps.map(step => Object.keys(step.properties ?? {})[0] ?? '');
    assert.deepEqual([...new Set(firstWords)].toSorted(), stepNames.toSorted());
    const behind = (word: string): readonly string[] =>
      steps.flatMap(step => schema.resolved(step.properties?.[word] ?? {}).enum ?? []).map(String);
    assert.deepEqual(behind('do').toSorted(), faultTypes.toSorted());
    assert.deepEqual(behind('wait').toSorted(), waitNames.toSorted());
    assert.deepEqual(behind('heal').toSorted(), ['all', ...faultTypes].toSorted());
    const expectations = definition('expectation').anyOf ?? [];
    assert.deepEqual(
      expectations.map(each => Object.keys(each.properties ?? {})[0] ?? '').toSorted(),
      expectationNames.toSorted(),
    );
    const probe = expectations.find(each => each.properties?.['probe'])?.properties?.['probe'];
    assert.deepEqual(probe?.properties?.['errors']?.items?.enum, errorClasses);
  });

  for (const [list, base] of [
    ['step', 'act'],
    ['expectation', 'expect'],
  ] as const)
    for (const [index, part] of (definition(list).anyOf ?? []).entries()) {
      const value = sample(part) as Readonly<Record<string, unknown>>;
      const [word = ''] = Object.keys(value);
      it(`allows what the program reads, and nothing else: ${list} ${index + 1}, ${word}`, () => {
        // The two ends of a link must differ, which only the program can know.
        const valid = 'from' in value ? { ...value, to: 'replica:1' } : value;
        assert.equal(isRead({ ...around, [base]: [valid] }), true, JSON.stringify(valid));
        for (const changed of changes(valid))
          if (!isLoop(changed as Readonly<Record<string, unknown>>))
            assertAgree({ ...around, [base]: [changed] });
      });
    }

  for (const name of Object.keys(root.properties ?? {})) {
    it(`allows for "${name}" what the program reads, and nothing else`, () => {
      for (const probe of probes) assertAgree({ act: around.act, [name]: probe });
      const rule = schema.resolved(root.properties?.[name] ?? {});
      if (rule.type !== 'object') return;
      for (const changed of changes(sample(rule) as Readonly<Record<string, unknown>>)) {
        // A quorum beyond the number of Sentinels is known to the program only.
        const quorum = (changed as { quorum?: number }).quorum ?? 0;
        const sentinels = (changed as { sentinels?: number }).sentinels ?? 3;
        if (name === 'lab' && quorum > sentinels) continue;
        assertAgree({ act: around.act, [name]: changed });
      }
    });
  }

  it('allows the built-in scenarios', () => {
    for (const { name, text } of scenarioFiles()) {
      const value: unknown = JSON.parse(text.replaceAll(/^ *\/\/.*$/gm, '').replaceAll(/,(?=\s*[\]}])/g, ''));
      assert.equal(schema.allows(root, value), true, name);
    }
  });

  it('describes every property but $schema', () => {
    for (const [name, part] of Object.entries(root.properties ?? {}))
      if (name !== '$schema') assert.ok(schema.resolved(part).description, name);
  });
});
