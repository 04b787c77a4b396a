-- Functions, triggers and the public view of the marketplace.

-- Keeps publication and counters in the platform's hands. published_at is set, changed or cleared only by the
-- platform role or where the publisher is the platform's own organization; purchase, view and review counters and the
-- average rating only by the platform role. Anything else raises 42501. On tools and bundles, before insert or update.
--
-- Runs with the rights of whoever writes, so that current_user tells: a SECURITY DEFINER function of the platform
-- counts as the platform. The publisher's row is visible to its own members, and nobody else can write for it.
CREATE FUNCTION app.guard_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
  publishes boolean;
  counts boolean;
BEGIN
  IF pg_has_role(current_user, 'lotline_platform', 'USAGE') THEN
    RETURN NEW;
  END IF;

  IF TG_OP = 'INSERT' THEN
    publishes := NEW.published_at IS NOT NULL;
    counts := NEW.purchase_count <> 0 OR NEW.view_count <> 0;
    IF TG_TABLE_NAME = 'marketplace_tools' THEN
      counts := counts OR NEW.review_count <> 0 OR NEW.avg_rating IS NOT NULL;
    END IF;
  ELSE
    publishes := NEW.published_at IS DISTINCT FROM OLD.published_at;
    counts := NEW.purchase_count <> OLD.purchase_count OR NEW.view_count <> OLD.view_count;
    IF TG_TABLE_NAME = 'marketplace_tools' THEN
      counts := counts OR NEW.review_count <> OLD.review_count OR NEW.avg_rating IS DISTINCT FROM OLD.avg_rating;
    END IF;
  END IF;

  IF counts THEN
    RAISE EXCEPTION 'Counters and ratings are kept by the platform'
      USING ERRCODE = '42501', HINT = 'Leave the counters and the average rating out of the statement.';
  END IF;
  IF publishes AND NOT EXISTS (
    SELECT FROM public.organizations AS publisher
    WHERE publisher.id = NEW.organization_id AND publisher.is_platform)
  THEN
    RAISE EXCEPTION 'Publication is decided by the platform'
      USING ERRCODE = '42501', HINT = 'Leave published_at as it is and ask the platform to publish.';
  END IF;
  RETURN NEW;
END
$$;

-- See app.guard_publication().
CREATE TRIGGER guard_publication BEFORE INSERT OR UPDATE ON public.marketplace_tools
FOR EACH ROW EXECUTE FUNCTION app.guard_publication();

-- See app.guard_publication().
CREATE TRIGGER guard_publication BEFORE INSERT OR UPDATE ON public.marketplace_bundles
FOR EACH ROW EXECUTE FUNCTION app.guard_publication();

-- Admits to carts and purchases only what the organization may buy: a published tool that is ACTIVE or BETA, or a
-- published bundle that is ACTIVE (its tools may still be announced), whose required tier the organization's plan
-- reaches. The plan of a subscription that is CANCELLED or INACTIVE, or missing, counts as FREE. Raises 23514, with
-- the same words for an item that is hidden and one that does not exist.
--
-- A purchase that renews another is exempt, so that a tool that is no longer sold still renews; it must be a recurring
-- purchase of the same item by the same organization that is ACTIVE or EXPIRED. Reads what is committed and takes no
-- locks: an item withdrawn at the same moment may still be bought, as if just before.
CREATE FUNCTION app.check_item_on_sale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  item_name pg_catalog.text;
  needed public.subscription_tier;
  plan public.subscription_tier;
BEGIN
  -- Runs before the policies do: what it said about another tenant would be told to this one.
  IF NOT app.called_by_platform() AND NEW.organization_id IS DISTINCT FROM app.current_organization_id() THEN
    RAISE EXCEPTION 'The row belongs to another organization' USING ERRCODE = '42501';
  END IF;

  IF TG_TABLE_NAME = 'marketplace_purchases' THEN
    IF NEW.renews_purchase_id IS NOT NULL THEN
      PERFORM FROM public.marketplace_purchases AS earlier
      WHERE earlier.organization_id = NEW.organization_id AND earlier.id = NEW.renews_purchase_id
        AND earlier.is_subscription AND earlier.status IN ('ACTIVE', 'EXPIRED')
        AND earlier.tool_id IS NOT DISTINCT FROM NEW.tool_id
        AND earlier.bundle_id IS NOT DISTINCT FROM NEW.bundle_id;
      IF FOUND THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'There is nothing here to renew'
        USING ERRCODE = '23514', CONSTRAINT = 'marketplace_purchases_renewal',
          HINT = 'Name an active or expired subscription to the same item, or buy anew without renews_purchase_id.';
    END IF;
  END IF;

  SELECT offer.name, offer.required_tier INTO item_name, needed
  FROM (
    SELECT tool.name, tool.required_tier FROM public.marketplace_tools AS tool
    WHERE tool.id = NEW.tool_id AND tool.published_at IS NOT NULL AND tool.status IN ('ACTIVE', 'BETA')
    UNION ALL
    SELECT bundle.name, bundle.required_tier FROM public.marketplace_bundles AS bundle
    WHERE bundle.id = NEW.bundle_id AND bundle.published_at IS NOT NULL AND bundle.status = 'ACTIVE'
  ) AS offer;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'This item is not on sale'
      USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_item_on_sale',
        HINT = 'Choose a tool or bundle that the marketplace offers now.';
  END IF;

  SELECT CASE WHEN subscription.status IN ('CANCELLED', 'INACTIVE') THEN 'FREE' ELSE subscription.tier END INTO plan
  FROM public.subscriptions AS subscription WHERE subscription.organization_id = NEW.organization_id;
  IF coalesce(plan, 'FREE') < needed THEN
    RAISE EXCEPTION '% needs the plan % or a higher one', item_name, needed
      USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_tier', HINT = 'Change the plan of the organization first.';
  END IF;
  RETURN NEW;
END
$$;

-- See app.check_item_on_sale().
CREATE TRIGGER check_item_on_sale BEFORE INSERT ON public.marketplace_purchases
FOR EACH ROW EXECUTE FUNCTION app.check_item_on_sale();

-- See app.check_item_on_sale(). A cart item may be exchanged, so updates of the item are checked too.
CREATE TRIGGER check_item_on_sale BEFORE INSERT OR UPDATE OF tool_id, bundle_id ON public.marketplace_cart
FOR EACH ROW EXECUTE FUNCTION app.check_item_on_sale();

-- Ties a purchase that the application inserts to the price list: name, price model and currency as in the catalogue,
-- and an amount that is the list price times a whole number from 1 to 99. A renewal may also keep the amount of the
-- period before. CUSTOM prices are quoted: only the platform role, which is not checked at all, records such a sale.
-- Otherwise 23514; a price that changed while the item was in the cart shows here, and the buyer must agree anew.
--
-- Without it an amount of 0 would be enough to activate a paid tool.
CREATE FUNCTION app.check_purchase_price() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  -- Runs before the policies do: what it said about another tenant would be told to this one.
  IF NOT app.called_by_platform() AND NEW.organization_id IS DISTINCT FROM app.current_organization_id() THEN
    RAISE EXCEPTION 'The row belongs to another organization' USING ERRCODE = '42501';
  END IF;

  IF app.called_by_platform() THEN
    RETURN NEW;
  END IF;
  PERFORM FROM (
    SELECT tool.name, tool.price_model, tool.price_amount, tool.currency
    FROM public.marketplace_tools AS tool WHERE tool.id = NEW.tool_id
    UNION ALL
    SELECT bundle.name, bundle.price_model, bundle.price_amount, bundle.currency
    FROM public.marketplace_bundles AS bundle WHERE bundle.id = NEW.bundle_id
  ) AS offer
  WHERE offer.price_model <> 'CUSTOM' AND offer.price_model = NEW.price_model
    AND offer.name = NEW.item_name AND offer.currency = NEW.currency
    AND (offer.price_amount = 0 AND NEW.amount = 0
      OR NEW.amount BETWEEN offer.price_amount AND offer.price_amount * 99 AND NEW.amount % nullif(offer.price_amount, 0) = 0);
  IF FOUND THEN
    RETURN NEW;
  END IF;
  PERFORM FROM public.marketplace_purchases AS earlier
  WHERE earlier.organization_id = NEW.organization_id AND earlier.id = NEW.renews_purchase_id
    AND earlier.item_name = NEW.item_name AND earlier.price_model = NEW.price_model
    AND earlier.amount = NEW.amount AND earlier.currency = NEW.currency;
  IF FOUND THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The purchase does not match the price list'
    USING ERRCODE = '23514', CONSTRAINT = 'marketplace_purchases_price',
      HINT = 'Read name, price model, amount and currency from the catalogue again and show them to the buyer.';
END
$$;

-- See app.check_purchase_price().
CREATE TRIGGER check_purchase_price BEFORE INSERT ON public.marketplace_purchases
FOR EACH ROW EXECUTE FUNCTION app.check_purchase_price();

-- Decides whether a review is by a buyer: sets purchase_id to the organization's newest purchase that covers the tool,
-- itself or through a bundle, and verified_purchase accordingly; resets both where there is none. ACTIVE, EXPIRED and
-- CANCELLED purchases count, unpaid and refunded ones do not. Whatever the writer claims is replaced.
--
-- Runs before every insert and update, so repeating it gives the same. A purchase refunded at the same moment, or
-- later, shows at the next change of the review. A bundle counts with the tools that it has now.
CREATE FUNCTION app.verify_review_purchase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
  -- Runs before the policies do: what it said about another tenant would be told to this one.
  IF NOT app.called_by_platform() AND NEW.organization_id IS DISTINCT FROM app.current_organization_id() THEN
    RAISE EXCEPTION 'The row belongs to another organization' USING ERRCODE = '42501';
  END IF;

  NEW.purchase_id := (
    SELECT purchase.id FROM public.marketplace_purchases AS purchase
    WHERE purchase.organization_id = NEW.organization_id
      AND purchase.status IN ('ACTIVE', 'EXPIRED', 'CANCELLED')
      AND purchase.payment_status <> 'REFUNDED'
      AND (purchase.tool_id = NEW.tool_id OR EXISTS (
        SELECT FROM public.marketplace_bundle_items AS item
        WHERE item.bundle_id = purchase.bundle_id AND item.tool_id = NEW.tool_id))
    ORDER BY purchase.purchase_date DESC, purchase.id DESC
    LIMIT 1);
  NEW.verified_purchase := NEW.purchase_id IS NOT NULL;
  RETURN NEW;
END
$$;

-- See app.verify_review_purchase().
CREATE TRIGGER verify_review_purchase BEFORE INSERT OR UPDATE ON public.marketplace_reviews
FOR EACH ROW EXECUTE FUNCTION app.verify_review_purchase();

-- Approved reviews of all tenants without anything that names an organization, a person or a review. Its owner's only
-- policy on reviews admits APPROVED rows; security_barrier keeps a reader's functions away from other rows. The day is
-- the one in UTC, so that it does not depend on the reader's session.
CREATE VIEW public.marketplace_public_reviews WITH (security_barrier) AS
SELECT review.tool_id, review.rating, review.title, review.review, review.verified_purchase,
  (review.created_at AT TIME ZONE 'UTC')::date AS reviewed_on
FROM public.marketplace_reviews AS review
WHERE review.status = 'APPROVED';

-- Before the change of owner: afterwards the migrating role, which inherits nothing, could no longer grant.
GRANT SELECT ON public.marketplace_public_reviews TO lotline_app, lotline_platform;

-- The view reads with the rights of this role.
ALTER VIEW public.marketplace_public_reviews OWNER TO lotline_public_reader;
