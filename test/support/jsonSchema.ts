import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './repoRoot';

/** As much of JSON schema as the schemas in media/ use. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minProperties?: number;
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

/** A schema file of the repository that values can be held against. */
export class JsonSchema {
  readonly root: Schema;

  constructor(file: string) {
    this.root = JSON.parse(readFileSync(path.join(repoRoot, file), 'utf8')) as Schema;
  }

  /** The names of definitions that something refers to. */
  references(): readonly string[] {
    return Array.from(
      JSON.stringify(this.root).matchAll(/"\$ref":"#\/definitions\/(\w+)"/g),
      match => match[1] ?? '',
    );
  }

  /** The schema with what it refers to merged in. */
  resolved(part: Schema): Schema {
    const name = part.$ref?.split('/').at(-1) ?? '';
    const referred = part.$ref === undefined ? {} : this.resolved(this.root.definitions?.[name] ?? {});
    const merged = (part.allOf ?? []).map(inner => this.resolved(inner));
    return Object.assign({}, referred, ...merged, part) as Schema;
  }

  /** Whether the schema allows the value, as far as it says so with the keywords above. */
  allows(part: Schema, value: unknown): boolean {
    const rule = this.resolved(part);
    if (rule.anyOf) return rule.anyOf.some(inner => this.allows(inner, value));
    if (rule.enum) return rule.enum.includes(value);
    if ('const' in rule) return rule.const === value;
    switch (rule.type) {
      case 'string':
        return (
          typeof value === 'string' &&
          value.length >= (rule.minLength ?? 0) &&
          (rule.pattern === undefined || new RegExp(rule.pattern).test(value))
        );
      case 'boolean':
        return typeof value === 'boolean';
      case 'integer':
      case 'number':
        return (
          typeof value === 'number' &&
          (rule.type === 'number' || Number.isInteger(value)) &&
          value >= (rule.minimum ?? -Infinity) &&
          value <= (rule.maximum ?? Infinity)
        );
      case 'array':
        return (
          Array.isArray(value) &&
          value.length >= (rule.minItems ?? 0) &&
          value.every(item => rule.items === undefined || this.allows(rule.items, item))
        );
      case 'object':
        return (
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          this.allowsObject(rule, value)
        );
      default:
        assert.fail(`no type in ${JSON.stringify(part)}`);
    }
  }

  private allowsObject(rule: Schema, value: object): boolean {
    const entries = Object.entries(value) as [string, unknown][];
    const names = entries.map(([name]) => name);
    return (
      names.length >= (rule.minProperties ?? 0) &&
      (rule.required ?? []).every(name => names.includes(name)) &&
      names.every(
        name =>
          rule.propertyNames?.pattern === undefined || new RegExp(rule.propertyNames.pattern).test(name),
      ) &&
      entries.every(([name, item]) => {
        const known = rule.properties?.[name];
        if (known) return this.allows(known, item);
        return typeof rule.additionalProperties === 'object'
          ? this.allows(rule.additionalProperties, item)
          : rule.additionalProperties !== false;
      })
    );
  }
}
