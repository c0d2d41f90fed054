/** The OpenAPI 3.1 page, made from the routes and their schemas. */
import { problemSchema, z } from '@evenkeel/protocol';
import { openRoute, noBody, type Route } from '../route.ts';
import { VERSION } from './version.ts';

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';

/** A route that describes all the others, and itself. */
export function openApiRoute(others: readonly Route[]): Route {
  const route: Route = openRoute({
    method: 'get',
    path: '/v1/openapi.json',
    summary: 'This page',
    body: noBody,
    reply: z.record(z.string(), z.unknown()),
    problems: [],
    handle: async () => page,
  });
  const page = describeRoutes([...others, route]);
  return route;
}

export function describeRoutes(routes: readonly Route[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: describe(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Evenkeel sync server',
      version: VERSION,
      description:
        'Ciphertext and signed grants. Everything that changes state is a signed object; the session only gates reads.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
  };
}

/** `/v1/mailbox/:id` as OpenAPI writes it: `/v1/mailbox/{id}`. */
export function openApiPath(path: string): string {
  return path.replaceAll(/:([a-z]+)/g, '{$1}');
}

function describe(route: Route): Record<string, unknown> {
  const parameters = [...route.path.matchAll(/:([a-z]+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    summary: route.summary,
    parameters,
    ...(route.session ? { security: [{ session: [] }] } : {}),
    ...(route.body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [JSON_TYPE]: { schema: jsonSchema(route.body, 'input') } },
          },
        }),
    responses: {
      ...describeReply(route.reply),
      default: {
        description: `A problem${route.problems.length > 0 ? `: ${route.problems.join(', ')}, or one that any request may meet` : ''}`,
        content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function describeReply(reply: Route['reply']): Record<string, unknown> {
  if (reply === null) return { 204: { description: 'Done' } };
  if (reply === 'events')
    return {
      200: { description: 'Events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    };
  const none = z.core.safeParse(reply, undefined).success ? { 204: { description: 'There is none' } } : {};
  return {
    200: { description: 'Done', content: { [JSON_TYPE]: { schema: jsonSchema(reply, 'output') } } },
    ...none,
  };
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
