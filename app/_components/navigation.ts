import {
  Bell,
  Bug,
  ChartLine,
  LayoutDashboard,
  ListChecks,
  RadioTower,
  ScrollText,
  Settings,
  Siren,
  type LucideIcon,
} from "lucide-react";

/** What wants somebody's attention, by the page that shows it. */
export interface Attention {
  checks: number;
  errors: number;
  alerts: number;
  incidents: number;
}

interface NavItem {
  label: string;
  href: string;
  icon: LucideIcon;
  /** The count beside the item, where it has one. */
  attention?: keyof Attention;
}

/** The rail, from top to bottom. A page of the product is one line here. */
export const NAVIGATION: readonly NavItem[] = [
  { label: "Overview", href: "/", icon: LayoutDashboard },
  { label: "Checks", href: "/checks", icon: ListChecks, attention: "checks" },
  { label: "Explore", href: "/explore", icon: ChartLine },
  { label: "Errors", href: "/errors", icon: Bug, attention: "errors" },
  { label: "Logs", href: "/logs", icon: ScrollText },
  { label: "Alerts", href: "/alerts", icon: Bell, attention: "alerts" },
  { label: "Incidents", href: "/incidents", icon: Siren, attention: "incidents" },
  { label: "Status page", href: "/settings/status-page", icon: RadioTower },
  { label: "Settings", href: "/settings", icon: Settings },
];

/** The item whose page is shown: of several that an address lies within, the nearest. Pure. */
export function currentItem(path: string): NavItem | undefined {
  return NAVIGATION.filter(({ href }) => isWithin(path, href)).toSorted((a, b) => b.href.length - a.href.length)[0];
}

/** Does an address belong to an item? "/checks/new" belongs to "/checks"; only "/" itself to the overview. Pure. */
function isWithin(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
