import { CommandError } from './errors.ts';
import { encodeDocument } from './raw-bson.ts';
import { isDocument } from './values.ts';

/** What a client says of itself with its first `hello`. Source: server, rpc/metadata/client_metadata.cpp */

const DOCUMENT_BYTES_MAX = 1_024;
const NAME_BYTES_MAX = 128;

const mistyped = (field: string, type: string): CommandError =>
  new CommandError('TypeMismatch', `The '${field}' field must be a ${type} in the client metadata document`);

const missing = (field: string): CommandError =>
  new CommandError(
    'ClientMetadataMissingField',
    `Missing required field '${field}' in the client metadata document`,
  );

/** @throws CommandError 14, 183, 184, 185 */
export function checkClientMetadata(client: unknown): void {
  if (client === undefined) return;
  if (!isDocument(client)) throw mistyped('client', 'document');
  if (encodeDocument(client).length > DOCUMENT_BYTES_MAX) {
    const message = `The client metadata document must be less then or equal to ${DOCUMENT_BYTES_MAX} bytes`;
    throw new CommandError('ClientMetadataDocumentTooLarge', message);
  }
  checkApplication(client['application']);
  for (const [name, fields] of [
    ['driver', ['name', 'version']],
    ['os', ['type']],
  ] as const) {
    checkTexts(name, client[name], fields);
  }
}

function checkApplication(application: unknown): void {
  if (application === undefined) return;
  if (!isDocument(application)) throw mistyped('application', 'document');
  const { name } = application;
  if (name === undefined) return;
  if (typeof name !== 'string') throw mistyped('application.name', 'string');
  if (Buffer.byteLength(name) <= NAME_BYTES_MAX) return;
  const message = `The 'application.name' field must be less then or equal to ${NAME_BYTES_MAX} bytes`;
  throw new CommandError('ClientMetadataAppNameTooLarge', message);
}

function checkTexts(name: string, part: unknown, fields: readonly string[]): void {
  if (part === undefined) throw missing(name);
  if (!isDocument(part)) throw mistyped(name, 'document');
  for (const field of fields) {
    const value = part[field];
    if (value === undefined) throw missing(`${name}.${field}`);
    if (typeof value !== 'string') throw mistyped(`${name}.${field}`, 'string');
  }
}
