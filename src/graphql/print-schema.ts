import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';

/** The schema as text, sorted: what `schema.graphql` holds. Ends in a line break. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
