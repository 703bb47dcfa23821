import { type DemoProject, library, own } from "./demo-error";

const FASTAPI = [
  library("starlette/middleware/errors.py", "__call__", 164),
  library("fastapi/routing.py", "run_endpoint_function", 193),
];
const WORKER = [library("celery/app/trace.py", "trace_task", 477)];

/** What the shop asks: a Python service with its jobs. */
export const shopApi: DemoProject = {
  key: "shop-api",
  name: "Shop API",
  platform: "python",
  program: "shop-api",
  server: "api-2",
  errors: [
    {
      type: "IntegrityError",
      value: 'duplicate key value violates unique constraint "cart_items_cart_id_sku_key"',
      transaction: "POST /cart/items",
      days: [30, 0],
      perDay: 7,
      frames: [
        ...FASTAPI,
        own(
          "shop/cart/service.py",
          "add_item",
          64,
          `
    async with session.begin():
        item = CartItem(cart_id=cart.id, sku=sku, quantity=quantity)
        session.add(item)
>       await session.flush()
        await reprice(session, cart)`,
          { sku: "SKU-20418", quantity: 1 },
        ),
        library("sqlalchemy/engine/default.py", "do_execute", 943),
      ],
    },
    {
      type: "KeyError",
      value: "'vat_rate'",
      transaction: "POST /orders",
      days: [16, 0],
      perDay: 4,
      triage: { daysAgo: 6, to: "resolved" },
      comment: "Fixed for the countries that we know of. It comes back when a new one is added without a rate.",
      frames: [
        ...FASTAPI,
        own(
          "shop/orders/pricing.py",
          "total_of",
          38,
          `
def total_of(lines: list[Line], country: Country) -> Money:
    net = sum(line.net for line in lines)
>   return net * (1 + country.settings["vat_rate"])`,
          { country: "CH", lines: 3 },
        ),
      ],
    },
    {
      type: "TimeoutError",
      value: "redis.internal:6379 did not answer within 500 ms",
      transaction: "GET /products/{slug}",
      days: [30, 0],
      perDay: 2,
      outage: { number: 1, perMinute: 9 },
      isHandled: true,
      frames: [
        ...FASTAPI,
        own(
          "shop/catalogue/cache.py",
          "cached_product",
          21,
          `
    key = f"product:{slug}"
>   if (hit := await redis.get(key)) is not None:
        return Product.model_validate_json(hit)
    return await load_product(slug)`,
          { slug: "walnut-desk" },
        ),
        library("redis/asyncio/connection.py", "read_response", 529),
      ],
    },
    {
      type: "OperationalError",
      value: "FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute",
      level: "fatal",
      transaction: "GET /orders",
      days: [13.2, 13],
      perDay: 0,
      outage: { number: 2, perMinute: 12 },
      triage: { daysAgo: 12.8, to: "resolved" },
      comment: "The report job kept a connection for each customer.",
      frames: [
        ...FASTAPI,
        own(
          "shop/db.py",
          "session_scope",
          17,
          `
@asynccontextmanager
async def session_scope():
>   async with SessionLocal() as session:
        yield session`,
        ),
        library("asyncpg/connect_utils.py", "__connect_addr", 925),
      ],
    },
    {
      type: "ValidationError",
      value: "1 validation error for Address: postal_code should have at most 10 characters",
      level: "warning",
      transaction: "PUT /account/address",
      days: [24, 0],
      perDay: 3,
      isHandled: true,
      frames: [
        ...FASTAPI,
        own(
          "shop/account/routes.py",
          "put_address",
          52,
          `
@router.put("/account/address")
async def put_address(body: dict, user: User = Depends(current_user)):
>   address = Address.model_validate(body)
    return await save_address(user, address)`,
        ),
      ],
    },
    {
      type: "UnicodeDecodeError",
      value: "'utf-8' codec can't decode byte 0xe9 in position #: invalid continuation byte",
      transaction: "jobs.import_supplier_feed",
      days: [19, 3],
      perDay: 1,
      frames: [
        ...WORKER,
        own(
          "shop/jobs/supplier_feed.py",
          "import_supplier_feed",
          44,
          `
    with download(supplier.feed_url) as feed:
>       for row in csv.DictReader(feed.read().decode("utf-8").splitlines()):
            yield SupplierRow.model_validate(row)`,
          { supplier: "nordholz" },
        ),
      ],
    },
    {
      type: "AttributeError",
      value: "'NoneType' object has no attribute 'warehouse'",
      transaction: "POST /orders/{id}/returns",
      days: [0.14, 0],
      perDay: 60,
      frames: [
        ...FASTAPI,
        own(
          "shop/returns/service.py",
          "label_for",
          73,
          `
async def label_for(order: Order) -> ReturnLabel:
    shipment = await last_shipment(order)
>   return await carrier.label(to=shipment.warehouse.address, weight=order.weight)`,
          { order: "#", shipment: null },
        ),
      ],
    },
    {
      type: "HTTPStatusError",
      value: "Client error '429 Too Many Requests' for url 'https://geo.example.net/v2/lookup'",
      level: "warning",
      transaction: "GET /stores/nearby",
      days: [11, 0],
      perDay: 2.5,
      isHandled: true,
      frames: [
        ...FASTAPI,
        own(
          "shop/stores/geo.py",
          "locate",
          29,
          `
    response = await client.get("/v2/lookup", params={"q": text})
>   response.raise_for_status()
    return Point(**response.json()["location"])`,
        ),
        library("httpx/_models.py", "raise_for_status", 829),
      ],
    },
  ],
};
