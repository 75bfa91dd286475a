import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { schemaText } from '../graphql/print-schema';
import { createSchema } from '../graphql/schema';
import { Failure } from './failure';

const SHIPPED = join(__dirname, '..', '..', 'schema.graphql');

/** `palisade schema`: the GraphQL schema as text. */
export function schemaCommand(): Command {
  const schema = new Command('schema').description('The GraphQL schema.');
  schema
    .command('print')
    .description('Print it.')
    .action(() => {
      process.stdout.write(schemaText(createSchema()));
    });
  schema
    .command('check')
    .description('Tell whether the schema.graphql of this package is what the server serves.')
    .action(() => {
      if (readFileSync(SHIPPED, 'utf8') !== schemaText(createSchema())) {
        throw new Failure('schema.graphql is not current: palisade schema print > schema.graphql');
      }
      console.log('schema.graphql is current.');
    });
  return schema;
}
