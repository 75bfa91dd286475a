import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES = {
  'index.html': 'text/html; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'start.css': 'text/css; charset=utf-8',
  'graphiql.min.js': 'text/javascript; charset=utf-8',
  'graphiql.min.css': 'text/css; charset=utf-8',
  'react.production.min.js': 'text/javascript; charset=utf-8',
  'react-dom.production.min.js': 'text/javascript; charset=utf-8',
} as const;

/** Everything comes from this server. GraphiQL sets style attributes and carries its own fonts. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves GraphiQL on `/` from the files that the build put into a folder; none come from elsewhere. */
export function serveExplorer(app: FastifyInstance, folder: string): void {
  for (const [name, type] of Object.entries(TYPES)) {
    const content = readFileSync(join(folder, name));
    const url = name === 'index.html' ? '/' : `/explorer/${name}`;
    app.get(url, (_request, reply) =>
      reply.type(type).header('content-security-policy', POLICY).send(content),
    );
  }
}
