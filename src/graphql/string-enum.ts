import { registerEnumType } from 'type-graphql';

/**
 * Registers a union of strings as a GraphQL enum; every value needs its description. Returns the
 * object by which `@Field(() => …)` names the enum.
 */
export function stringEnum<V extends string>(
  name: string,
  description: string,
  values: Readonly<Record<V, string>>,
): Readonly<Record<V, V>> {
  const names = Object.keys(values) as V[];
  const enumObject = Object.fromEntries(names.map((value) => [value, value])) as Record<V, V>;
  registerEnumType(enumObject, {
    name,
    description: `${description} More values may come: treat an unknown one as such.`,
    valuesConfig: Object.fromEntries(
      names.map((value) => [value, { description: values[value] }]),
    ) as Record<V, { description: string }>,
  });
  return enumObject;
}
