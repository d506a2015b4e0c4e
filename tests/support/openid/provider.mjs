// A real OpenID provider (oidc-provider) for the tests, shaped as CIS2 and as NHS login: who signs in writes the name of one of its
// made-up accounts. Told by one JSON argument: port, clients (id, jwks, redirect_uris), accounts (subject to claims).
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { Provider } from "oidc-provider";

const { port, clients, accounts } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: "signing", use: "sig", alg: "RS512" };

const provider = new Provider(issuer, {
  clients: clients.map(({ id, jwks, redirect_uris }) => ({
    client_id: id, redirect_uris, jwks, response_types: ["code"], grant_types: ["authorization_code"],
    token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "RS512", id_token_signed_response_alg: "RS512",
  })),
  jwks: { keys: [key] },
  enabledJWA: { clientAuthSigningAlgValues: ["RS512"], idTokenSigningAlgValues: ["RS512"] },
  clientAuthMethods: ["private_key_jwt"],
  conformIdTokenClaims: false,
  claims: {
    openid: ["sub", "acr", "amr", "id_assurance_level", "authentication_assurance_level"],
    profile: ["identity_proofing_level", "vot", "vtm", "nhs_number", "birthdate", "family_name", "given_name", "email"],
  },
  acrValues: ["AAL2_OR_AAL3_ANY"],
  extraParams: ["vtr", "fidoEnabled"],
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
  pkce: { required: () => true },
  cookies: { keys: ["made up for a test"] },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, subject) => accounts[subject] && { accountId: subject, claims: () => ({ sub: subject, ...accounts[subject] }) },
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
  ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 60, IdToken: 60 },
});

const callback = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return callback(request, response);
  if (request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    const accountId = new URLSearchParams(body).get("account");
    const acr = accounts[accountId]?.acr;
    return provider.interactionFinished(request, response, { login: { accountId, acr, amr: accounts[accountId]?.amr } }, { mergeWithLastSubmission: false });
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  return response.end('<!DOCTYPE html><html lang="en"><title>Made-up provider</title><form method="post"><label>Account <input name="account"></label><button>Sign in</button></form></html>');
}).listen(port, "127.0.0.1", () => console.log("ready"));
