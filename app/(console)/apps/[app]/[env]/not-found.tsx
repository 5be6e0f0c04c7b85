import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/states";

export default function NotFound() {
  return (
    <EmptyState icon={SearchX} heading="h1" title="This does not exist here">
      <p>The address may be mistyped, what it named may be gone, or it exists only in the other environment.</p>
    </EmptyState>
  );
}
