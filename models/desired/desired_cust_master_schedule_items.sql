with orders as (

    select * from {{ ref('orders_unified') }}

),

sizes as (

    select * from {{ ref('desired_cust_master_schedule_subitems') }}

),

quantities as (

    select
        parent_key,
        cast(sum("Order Qty") as integer) as order_qty
    from sizes
    group by parent_key

),

final as (

    select
        orders."AAG ORDER NUMBER" as "AAG ORDER NUMBER",
        concat(orders."AAG ORDER NUMBER", ' ', orders."STYLE DESCRIPTION", ' / ', orders."CUSTOMER COLOUR") as item_name,
        case
            when orders."SHIP STATUS" = 'Shipped' then 'shipped'
            else lower(orders."AAG SEASON")
        end as group_id,

        orders."CUSTOMER NAME" as "CUSTOMER",
        orders."CUSTOMER STYLE" as "STYLE",
        orders."STYLE DESCRIPTION" as "STYLE DESCRIPTION",
        orders."CUSTOMER COLOUR" as "COLOUR",
        orders."COLOUR HEX" as "COLOUR HEX",
        orders."PO NUMBER" as "PO NUMBER",
        orders."AAG SEASON" as "SEASON",
        orders."CATEGORY" as "CATEGORY",
        orders."FINISHES" as "FINISHES",
        orders."FACTORY" as "FACTORY",
        orders."FACTORY TIMEZONE" as "FACTORY CLOCK",

        orders."ORDER DATE" as "ORDER DATE",
        orders."CUSTOMER DUE DATE" as "CUSTOMER DUE DATE",
        orders."EX-FACTORY DATE" as "EX-FACTORY DATE",
        orders."VESSEL CUT-OFF" as "VESSEL CUT-OFF",
        case
            when orders."PRODUCTION START" is not null and orders."PRODUCTION END" is not null
                then concat(cast(orders."PRODUCTION START" as varchar(10)), '/', cast(orders."PRODUCTION END" as varchar(10)))
        end as "PRODUCTION WINDOW",
        case
            when orders."SHIP WEEK START" is not null and orders."SHIP WEEK END" is not null
                then concat(cast(orders."SHIP WEEK START" as varchar(10)), '/', cast(orders."SHIP WEEK END" as varchar(10)))
        end as "SHIP WEEK",
        orders."PICKUP TIME" as "PICKUP TIME",

        quantities.order_qty as "ORDER QTY",
        orders."UNIT PRICE" as "UNIT PRICE",
        orders."ORDER NOTES" as "ORDER NOTES",
        orders."CONTACT EMAIL" as "CONTACT EMAIL",
        case
            when orders."CONTACT PHONE" is not null
                then concat(orders."CONTACT PHONE", ' ', orders."CONTACT PHONE COUNTRY")
        end as "CONTACT PHONE",
        orders."TECH PACK URL" as "TECH PACK",
        orders."DESTINATION COUNTRY" as "DESTINATION",
        case
            when orders."SHIP TO LATITUDE" is not null and orders."SHIP TO LONGITUDE" is not null
                then concat(orders."SHIP TO LATITUDE", ' ', orders."SHIP TO LONGITUDE", ' ', orders."SHIP TO ADDRESS")
        end as "SHIP TO",

        orders."PLANNER EMAIL" as "PLANNER",
        orders."ORDER RATING" as "PRIORITY",
        orders."FLAGS" as "FLAGS",
        case when orders."RUSH" = 'Y' then 'true' else 'false' end as "RUSH",
        orders."ORDER STATUS" as "ORDER STATUS",
        orders."CUT STATUS" as "CUT STATUS",
        orders."SEW STATUS" as "SEW STATUS",
        orders."SHIP STATUS" as "SHIP STATUS",
        orders."PLANNING ITEM ID" as "PLANNING",
        orders."PREDECESSOR ITEM ID" as "DEPENDS ON"
    from orders
    left join quantities on orders."AAG ORDER NUMBER" = quantities.parent_key

)

select * from final
