{%- set sizes = [
    'XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '3XL', 'S/M', 'L/XL', 'ONE SIZE',
    '2T', '3T', '4T', '5', '6', '7/8', '28', '30', '32', '34', '36', '38', '40',
] -%}

with orders as (

    select * from {{ ref('orders_unified') }}

),

sizes as (

    {% for size in sizes -%}
    select
        "AAG ORDER NUMBER" as parent_key,
        '{{ size }}' as size,
        "{{ size }}" as order_qty
    from orders
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

ordered as (

    select *
    from sizes
    where order_qty > 0

),

final as (

    select
        parent_key,
        concat('Size ', size) as item_name,
        size as "Size",
        order_qty as "Order Qty",
        case
            when size in ('S/M', 'L/XL') then 'Double'
            when size = 'ONE SIZE' then 'One size'
            when size in ('2T', '3T', '4T', '5', '6', '7/8') then 'Toddler'
            when size in ('28', '30', '32', '34', '36', '38', '40') then 'Waist'
            else 'Alpha'
        end as "Size Scale"
    from ordered

)

select * from final
