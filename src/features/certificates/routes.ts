import { everyone, only } from '../../platform/access.ts';
import { inputFromForm } from '../../platform/form.ts';
import { parse } from '../../platform/validate.ts';
import { api, created, empty, html, ok, param, type Answer, type Route } from '../../platform/routing.ts';
import type { Certificate } from './contract.ts';
import { certificateInput, withdrawalInput } from './input.ts';
import { certificateStatus } from './rules.ts';
import type { CertificateService } from './service.ts';

/** A certificate as the API tells it. */
export function certificateAnswer(certificate: Certificate, today: string) {
  const { fileId, createdAt, ...rest } = certificate;
  return {
    ...rest,
    file: fileId === undefined ? null : `/certificates/${certificate.id}/file`,
    status: certificateStatus(certificate, today),
    createdAt: createdAt.toISOString(),
  };
}

type Deps = { readonly service: CertificateService; today(): string };

/** The API of certificates, and the copies that were uploaded with them. */
export function certificateRoutes({ service, today }: Deps): readonly Route[] {
  return [
    api.post(
      '/cooperatives/:id/certificates',
      only('manager'),
      async (request, { actor, operationId, language }) => {
        // A multipart request has only text fields; JSON comes as it is.
        const multipart =
          request.is('multipart/form-data') !== false && request.is('multipart/form-data') !== null;
        const body: unknown = multipart
          ? inputFromForm(request.body, language, { lists: ['productIds'] })
          : request.body;
        const input = parse(certificateInput, body);
        const operation = { actor, id: operationId, file: request.file?.buffer };
        return created(certificateAnswer(await service.add(param(request, 'id'), input, operation), today()));
      },
      { upload: 'file', doc: { summary: 'Add a certificate', body: certificateInput, status: 201 } },
    ),
    api.get(
      '/cooperatives/:id/certificates',
      everyone(),
      async (request) => {
        const found = await service.publicList(param(request, 'id'));
        return ok({ items: found.map((one) => certificateAnswer(one, today())), next: null });
      },
      { doc: { summary: "A cooperative's certificates and how each stands today" } },
    ),
    api.post(
      '/certificates/:id/withdrawal',
      only('manager'),
      async (request, { actor }) => {
        const { reason } = parse(withdrawalInput, request.body);
        await service.withdraw(param(request, 'id'), reason, actor);
        return empty();
      },
      { doc: { summary: 'Take a mistaken certificate off every page', body: withdrawalInput } },
    ),
    html.get('/certificates/:id/file', everyone(), async (request): Promise<Answer> => {
      const file = await service.file(param(request, 'id'));
      return {
        kind: 'stream',
        type: file.type,
        body: file.open(),
        headers: {
          'Content-Length': String(file.size),
          'Content-Disposition': 'inline',
          // Somebody else's file: it may be looked at, and run nothing.
          'Content-Security-Policy': "default-src 'none'; sandbox",
          'Cache-Control': 'public, max-age=300',
        },
      };
    }),
  ];
}
