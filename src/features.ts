import type { Connection } from 'mongoose';
import { accountsFeature } from './features/accounts/index.ts';
import { batchesFeature } from './features/batches/index.ts';
import { certificatesFeature } from './features/certificates/index.ts';
import { demonstrationFeature } from './features/demonstration/index.ts';
import { labelsFeature } from './features/labels/index.ts';
import { membersFeature } from './features/members/index.ts';
import { organizationsFeature } from './features/organizations/index.ts';
import { pictureFeature } from './features/pictures/index.ts';
import { productsFeature } from './features/products/index.ts';
import { referenceFeature } from './features/reference/index.ts';
import type { CodeMeters } from './features/trace/contract.ts';
import { traceFeature } from './features/trace/index.ts';
import { verificationFeature } from './features/verification/index.ts';
import { workplaceFeature } from './features/workplace/index.ts';
import type { KeySource } from './features/labels/unit-keys.ts';
import type { PasswordCost } from './features/accounts/passwords.ts';
import { apiRoutes } from './features/system/api-routes.ts';
import { illustration } from './platform/illustration.ts';
import { packageVersion } from './platform/package-root.ts';
import { publicPages } from './public-pages.ts';
import { workplace } from './platform/work-frame.ts';
import type { ImportClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Log } from './platform/log.ts';
import type { Route } from './platform/routing.ts';
import type { Random } from './platform/random.ts';
import { revisionStore } from './store/revisions.ts';
import type { FileStore } from './store/files.ts';

export type FeatureDeps = {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: ImportClock;
  readonly random: Random;
  readonly log: Log;
  readonly sessionSecret: Uint8Array;
  readonly passwordCost: PasswordCost;
  readonly files: FileStore;
  /** Where the master keys of unit codes come from. */
  readonly unitKeySource: KeySource;
  readonly meters: CodeMeters;
};

/** Every feature with what it needs of the others: the one place where implementations meet contracts. */
export function createFeatures(deps: FeatureDeps) {
  const { config, connection, clock, random, files } = deps;
  const { publicUrl } = config;
  const revisions = revisionStore(connection);
  const common = { connection, clock, random, publicUrl, revisions };

  const reference = referenceFeature();
  const { lists } = reference;
  const accounts = accountsFeature({
    ...common,
    ...deps,
    demoAccounts: () => demonstration.contract.accounts(),
  });
  const organizations = organizationsFeature({
    ...common,
    accounts: accounts.contract,
    throttle: accounts.throttle,
    places: lists,
  });
  const members = membersFeature({
    ...common,
    ...deps,
    accounts: accounts.contract,
    organizations: organizations.contract,
  });
  const workplaceFrame = workplace(organizations.contract.byId);
  const pictures = pictureFeature(files);
  const products = productsFeature({
    ...common,
    organizations: organizations.contract,
    accounts: accounts.contract,
    pictures: pictures.contract,
    codeLists: lists,
    provinceName: (code) => lists.province(code)?.name ?? '',
  });
  const certificates = certificatesFeature({
    ...common,
    organizations: organizations.contract,
    products: products.contract,
    pictures: pictures.contract,
    files,
    workplaceFrame,
  });
  const batches = batchesFeature({
    ...common,
    organizations: organizations.contract,
    products: products.contract,
    certificates: certificates.contract,
    pictures: pictures.contract,
    measures: reference.measures,
    codeLists: lists,
    workplaceFrame,
    labelAccount: async (batch, language) => labels.accountOf(batch, language),
  });
  const bizStepOf = (step: string) => lists.step(step)?.cbvBizStep ?? null;
  const answers = { publicUrl, bizStepOf, provinceOf: reference.provinceAnswer };
  const labels = labelsFeature({
    ...common,
    unitKeySource: deps.unitKeySource,
    workplaceFrame,
    organizations: organizations.contract,
    products: products.contract,
    batches: batches.contract,
    measures: reference.measures,
    province: lists.province,
  });
  const trace = traceFeature({
    clock,
    log: deps.log,
    meters: deps.meters,
    processes: config.workers,
    batches: batches.contract,
    labels: labels.contract,
    products: products.contract,
    organizations: organizations.contract,
    certificates: certificates.contract,
    answers,
    pages: {
      publicUrl,
      reportEmail: config.administrator?.email,
      stepName: lists.stepName,
      categoryName: lists.categoryName,
      keyProductName: lists.keyProductName,
      province: lists.province,
      communeName: (code) => lists.commune(code)?.name ?? null,
      map: (filled, language) => reference.map({ size: 'small', language, filled }),
      illustration,
      photo: pictures.contract.model,
      eventPhoto: pictures.contract.modelById,
      formatQuantity: reference.measures.format,
      packName: labels.packName,
      isBulk: labels.isBulk,
    },
  });
  const verification = verificationFeature({
    clock,
    trace,
    answers,
  });
  const productRoutes = products.routes({
    measure: batches.measureProducts,
    workplaceFrame,
    pages: {
      choices: lists,
      names: {
        categoryName: lists.categoryName,
        keyProductName: lists.keyProductName,
        indicationName: (code) => lists.indication(code)?.name ?? code,
        templateName: (code, language) =>
          lists.templates.find((one) => one.code === code)?.name[language] ?? code,
        formatQuantity: reference.measures.format,
      },
      illustration,
      photo: pictures.contract.model,
    },
  });
  const today = workplaceFeature({
    clock,
    workplaceFrame,
    batches: batches.contract,
    products: products.contract,
    organizations: organizations.contract,
    certificates: certificates.contract,
    directory: organizations.directory,
    pages: { stepName: lists.stepName, provinceName: (code) => lists.province(code)?.name ?? code },
  });

  const demonstration = demonstrationFeature({
    ...common,
    wanted: config.demo,
    givenPassword: config.demoPassword,
    hasAdministrator: config.administrator !== undefined,
    localOnly: config.localOnly,
    sessionSecret: deps.sessionSecret,
    batches: batches.contract,
    letters: labels.fonts,
    verify: trace.service.verify,
  });

  const publicRoutes = publicPages({
    publicUrl,
    clock,
    reference,
    organizations: organizations.service,
    products: products.service,
    certificates: certificates.contract,
    batches: batches.contract,
    pictures: pictures.contract,
    trace,
    demoSamples: demonstration.contract.samples,
    demoShown: demonstration.contract.isShown,
  });

  const routes: readonly Route[] = [
    ...apiRoutes(() => routes, {
      publicUrl,
      version: packageVersion,
      sessionCookie: accounts.signIns.sessionCookie,
    }),
    ...publicRoutes,
    ...reference.routes,
    ...accounts.routes,
    ...organizations.routes,
    ...organizations.workRoutes(workplaceFrame),
    ...members.routes,
    ...members.workRoutes(workplaceFrame),
    ...accounts.workRoutes(workplaceFrame, organizations.contract),
    ...pictures.routes,
    ...productRoutes,
    ...certificates.routes,
    ...batches.routes,
    ...labels.routes,
    ...verification.routes,
    ...today.routes,
    // Last: `/{code}` matches any single word.
    ...trace.routes,
  ];

  return {
    authenticate: accounts.service.authenticate,
    contact: `mailto:${config.administrator?.email ?? 'security@localhost'}`,
    demonstration,
    batches,
    labels,
    accounts,
    organizations,
    members,
    products,
    certificates,
    pictures,
    reference,
    workplaceFrame,
    routes,
  };
}

export type Features = ReturnType<typeof createFeatures>;
