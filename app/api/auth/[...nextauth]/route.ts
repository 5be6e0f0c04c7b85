import { signInDoor } from "@/lib/console/sign-in-door";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: Request, { params }: RouteContext): Promise<Response> {
  return signInDoor(request, (await params).nextauth);
}

export { handle as GET, handle as POST };
