/** GET /v1/help-numbers: the list that this host keeps for a bad hour, the same for everybody. */
import { helpNumbersSchema, z } from '@evenkeel/protocol';
import { noBody, openRoute } from '../route.ts';

export const helpNumbersRoute = openRoute({
  method: 'get',
  path: '/v1/help-numbers',
  summary: 'Numbers for a bad hour, where the host keeps a list of its own',
  body: noBody,
  /** Nothing (204) says that the host keeps none; any other answer says nothing about it. */
  reply: z.optional(helpNumbersSchema),
  problems: [],
  cacheSeconds: 300,
  handle: async ({ helpNumbers }) => helpNumbers ?? undefined,
});
