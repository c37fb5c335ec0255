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
        orders."CUSTOMER NAME" as "CUSTOMER",
        orders."CUSTOMER STYLE" as "STYLE",
        orders."STYLE DESCRIPTION" as "STYLE DESCRIPTION",
        orders."CUSTOMER COLOUR" as "COLOUR",
        orders."PO NUMBER" as "PO NUMBER",
        orders."BUYER REF" as "BUYER_S _REF_ _A_",
        orders."AAG SEASON" as "SEASON",
        orders."CATEGORY" as "CATEGORY",
        orders."FACTORY" as "FACTORY",
        quantities.order_qty as "ORDER QTY",
        orders."UNIT PRICE" as "UNIT PRICE",

        orders."ORDER DATE" as "ORDER DATE",
        orders."CUSTOMER DUE DATE" as "CUSTOMER DUE DATE",
        orders."EX-FACTORY DATE" as "EX-FACTORY DATE",
        case
            when orders."PRODUCTION START" is not null and orders."PRODUCTION END" is not null
                then concat(cast(orders."PRODUCTION START" as varchar(10)), '/', cast(orders."PRODUCTION END" as varchar(10)))
        end as "PRODUCTION WINDOW",
        case
            when orders."SHIP WEEK START" is not null and orders."SHIP WEEK END" is not null
                then concat(cast(orders."SHIP WEEK START" as varchar(10)), '/', cast(orders."SHIP WEEK END" as varchar(10)))
        end as "SHIP WEEK",

        orders."PLANNER EMAIL" as "PLANNER",
        orders."TECH PACK URL" as "TECH PACK",
        orders."DESTINATION COUNTRY" as "DESTINATION",
        case when orders."RUSH" = 'Y' then 'true' else 'false' end as "RUSH",
        orders."PRIORITY" as "PRIORITY",
        orders."ORDER STATUS" as "ORDER STATUS",
        orders."CUT STATUS" as "CUT STATUS",
        orders."SEW STATUS" as "SEW STATUS",
        orders."SHIP STATUS" as "SHIP STATUS"
    from orders
    left join quantities on orders."AAG ORDER NUMBER" = quantities.parent_key

)

select * from final
