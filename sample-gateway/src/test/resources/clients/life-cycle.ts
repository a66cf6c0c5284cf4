import * as assert from "node:assert/strict";
import { ApiProxyApi, AuthApi, Configuration, EnvironmentApi, ProjectApi, ResponseError } from "./generated";

// A maintenance from its beginning to its end, as a program sees it that uses the generated client.
const [management, traffic, token] = process.argv.slice(2) as [string, string, string];
const configuration = new Configuration({ basePath: management, accessToken: token });
const proxies = new ApiProxyApi(configuration);
const proxy = { projectName: "MyProject", apiProxyName: "MyAPI" };
const there = { ...proxy, environmentName: "production" };

async function status(): Promise<number> {
  return (await fetch(traffic + "/api/v1/orders")).status;
}

async function deployStatus() {
  return (await proxies.getApiProxyDeployStatus(there)).resultList[0]!;
}

async function close() {
  assert.equal((await proxies.listApiProxies(proxy)).resultList[0]!.name, "MyAPI");
  const detail = await proxies.getApiProxy({ ...proxy, withPolicies: true });
  assert.equal(detail.resultList[0]!.endpointList[0]!.endpoint, "/*");
  const closed = await proxies.updateMaintenanceMode({
    ...proxy,
    maintenanceModePatch: {
      enabled: true,
      httpStatusCode: 503,
      contentType: "text/plain",
      message: "Back at six",
      deploy: true,
      deployTargetEnvironmentNameList: ["production"],
    },
  });
  assert.equal(closed.deploymentResult!.success, true);
  assert.equal((await proxies.getMaintenanceMode(proxy)).resultList[0]!.message, "Back at six");
  assert.equal(await status(), 503);
  const health = await proxies.getApiProxyRouteHealth(there);
  assert.equal(health.resultList[0]!.pods[0]!.maintenanceMode!.enabled, true);
  assert.deepEqual((await proxies.getApiProxyInvokeInfo(proxy)).resultList[0]!.fullPaths, ["/api/v1"]);
}

async function undeployAndDeploy() {
  const deploymentRequest = { description: "By a generated client" };
  await proxies.undeployApiProxy({ ...there, deploymentRequest });
  assert.equal(await status(), 404);
  assert.equal((await deployStatus()).deployed, false);
  await proxies.deployApiProxy({ ...there, deploymentRequest });
  assert.equal(await status(), 503);
  assert.equal((await deployStatus()).redeployRequired, false);
}

async function rollBack() {
  const records = (await proxies.listDeployHistories(proxy)).resultList;
  assert.equal(records[0]!.description, "By a generated client");
  const revision = records[records.length - 1]!.revision;
  const record = await proxies.getDeployHistory({ ...proxy, revision });
  assert.equal(record.resultList[0]!.settings!.enabled, false);
  const answer = await proxies.rollBackToDeployHistory({ ...there, revision });
  assert.equal(
    answer.resultMessage,
    `API Proxy rolled back successfully to deploy history revision (${revision}). Deployed to environment: production`,
  );
  assert.equal(await status(), 200);
  await proxies.deleteDeployHistory({ ...proxy, revision });
  assert.equal((await proxies.listDeployHistories(proxy)).resultCount, records.length);
}

async function trace() {
  const environmentName = "production";
  const command = { deploy: true, deployTargetEnvironmentNameList: [environmentName] };
  const plain = { enableTraceLog: true, environmentName, ...command };
  const on = await proxies.updateTraceSettings({ ...proxy, traceSettingsDTO: plain });
  assert.equal(on.deploymentResult!.success, true);
  assert.equal((await proxies.getTraceSettings(proxy)).resultList[0]!.inForce[0]!.active, true);
  const logApiProxy = { enableTraceLog: false, ...command };
  await proxies.updateTraceSettings({ ...proxy, traceSettingsDTO: { logApiProxy } });
  assert.equal((await proxies.getTraceSettings(proxy)).resultList[0]!.inForce.length, 0);
}

async function fail() {
  await assert.rejects(
    proxies.getApiProxy({ ...proxy, apiProxyName: "Nothing" }),
    (error: unknown) => error instanceof ResponseError && error.response.status === 400,
  );
}

async function main() {
  assert.equal((await new AuthApi(configuration).getMe()).resultList[0]!.username, "admin");
  assert.equal((await new ProjectApi(configuration).listProjects()).resultList[0]!.name, "MyProject");
  assert.equal((await new EnvironmentApi(configuration).listEnvironmentsOfProject(proxy)).resultCount, 2);
  await close();
  await undeployAndDeploy();
  await rollBack();
  const newest = (await proxies.listAuditEntries({ ...proxy, limit: 1 })).resultList[0]!;
  assert.equal(newest.action, "HISTORY_DELETED");
  await trace();
  await fail();
  console.log("The life cycle is complete");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
