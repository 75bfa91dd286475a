import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { Failure } from './failure';

const SHIPPED = join(__dirname, '..', '..', 'schema.graphql');

/** `palisade schema`: the GraphQL schema as text. */
export function schemaCommand(): Command {
  const schema = new Command('schema').description('The GraphQL schema.');
  schema
    .command('print')
    .description('Print it.')
    .action(async () => {
      process.stdout.write(await currentSchema());
    });
  schema
    .command('check')
    .description('Tell whether the schema.graphql of this package is what the server serves.')
    .action(async () => {
      if (readFileSync(SHIPPED, 'utf8') !== (await currentSchema())) {
        throw new Failure('schema.graphql is not current: palisade schema print > schema.graphql');
      }
      console.log('schema.graphql is current.');
    });
  return schema;
}

// Only these commands and the server pay for reading the schema's many modules.
async function currentSchema(): Promise<string> {
  const { createSchema } = await import('../graphql/schema.js');
  const { schemaText } = await import('../graphql/print-schema.js');
  return schemaText(createSchema());
}
