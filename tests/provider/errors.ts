// Errors in the documented shape: {error: {message, type, param, code}}.
import type { JsonObject } from '../../lib/engine/types.ts';

interface KnownError {
  message: string;
  type: string;
  code: string | null;
}

const known: Record<number, KnownError> = {
  400: { message: 'Invalid request.', type: 'invalid_request_error', code: null },
  401: { message: 'Invalid API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' },
  402: { message: 'Insufficient balance.', type: 'billing_error', code: 'insufficient_balance' },
  403: { message: 'This key may not do that.', type: 'permission_error', code: 'forbidden' },
  404: { message: 'The model does not exist.', type: 'invalid_request_error', code: 'model_not_found' },
  413: { message: 'Request too large.', type: 'invalid_request_error', code: 'request_too_large' },
  429: { message: 'Rate limit reached.', type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  503: { message: 'The model is overloaded.', type: 'server_error', code: 'overloaded' },
  529: { message: 'Overloaded.', type: 'overloaded_error', code: 'overloaded' },
};

/** The body for a status; the message can be given. */
export function createErrorBody(status: number, message?: string, param: string | null = null): JsonObject {
  const found = known[status] ?? { message: `Scripted error ${status}.`, type: 'server_error', code: null };
  return { error: { ...found, message: message ?? found.message, param } };
}
