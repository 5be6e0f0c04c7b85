import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { BROWSER_NAMES } from "@/lib/console/browser-names";
import { PATH_HEADER } from "@/lib/console/request";
import { proxy } from "@/proxy";

const USERS = "http://localhost:3000/apps/app-1/development/users";
const answer = (address: string) => {
  const { headers } = proxy(new NextRequest(address));
  return {
    page: headers.get("x-middleware-rewrite"),
    path: headers.get(`x-middleware-request-${PATH_HEADER}`),
  };
};

test("a page is told its whole address, without what the router adds", () => {
  expect(answer(`${USERS}?q=ann&_rsc=abc`)).toEqual({
    page: null,
    path: "/apps/app-1/development/users?q=ann",
  });
});

test.each(BROWSER_NAMES)(
  "a page is the same page whatever %s says, and the sign-in page still leads back to it",
  (name) => {
    expect(answer(`${USERS}?q=ann&${name}=x`)).toEqual({
      page: `${USERS}?q=ann`,
      path: `/apps/app-1/development/users?q=ann&${name}=x`,
    });
  },
);
