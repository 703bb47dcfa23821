import { ROLES } from "@/lib/core/actor";

const MAY = {
  viewer: "sees everything",
  editor: "changes checks and incidents",
  admin: "manages users and tokens too",
};

export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: `${role}: ${MAY[role]}` }));
