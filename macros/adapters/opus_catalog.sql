{#
    A query for everything that bears a name in a schema, with its columns: object_name, object_type (table, view,
    function, procedure, or what the warehouse calls it), column_name (NULL for what has none) and data_type (as opus_type
    spells it). The warehouse's own catalogue, whatever rights the login has on the objects; information_schema
    hides materialized views, synonyms and what one may not read.
#}
{% macro opus_catalog(schema, database=none) %}
    {{ return(adapter.dispatch('opus_catalog', 'opus_sync')(schema, database or target.database)) }}
{% endmacro %}

{% macro duckdb__opus_catalog(schema, database) %}
    {%- set sql -%}
select
    objects.table_name as object_name,
    case when objects.table_type = 'VIEW' then 'view' else 'table' end as object_type,
    columns.column_name,
    lower(columns.data_type) as data_type
from information_schema.tables as objects
left join information_schema.columns as columns
    on columns.table_catalog = objects.table_catalog
    and columns.table_schema = objects.table_schema
    and columns.table_name = objects.table_name
where objects.table_catalog = {{ opus_literal(database) }}
    and lower(objects.table_schema) = lower({{ opus_literal(schema) }})
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro postgres__opus_catalog(schema, database) %}
    {%- set sql -%}
select
    pg_class.relname as object_name,
    case pg_class.relkind
        when 'r' then 'table'
        when 'p' then 'table'
        when 'v' then 'view'
        when 'm' then 'materialized view'
        when 'f' then 'foreign table'
        else 'sequence'
    end as object_type,
    pg_attribute.attname as column_name,
    regexp_replace(
        regexp_replace(
            pg_catalog.format_type(pg_attribute.atttypid, pg_attribute.atttypmod), ' without time zone$', ''
        ), '^character varying', 'varchar'
    ) as data_type
from pg_catalog.pg_class
inner join pg_catalog.pg_namespace
    on pg_namespace.oid = pg_class.relnamespace
left join pg_catalog.pg_attribute
    on pg_attribute.attrelid = pg_class.oid
    and pg_attribute.attnum > 0
    and not pg_attribute.attisdropped
where pg_namespace.nspname = {{ opus_literal(schema) }}
    and pg_class.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
union all
select pg_proc.proname, case pg_proc.prokind when 'p' then 'procedure' else 'function' end, null, null
from pg_catalog.pg_proc
inner join pg_catalog.pg_namespace
    on pg_namespace.oid = pg_proc.pronamespace
where pg_namespace.nspname = {{ opus_literal(schema) }}
    and pg_proc.prokind in ('p', 'f')
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}

{% macro sqlserver__opus_catalog(schema, database) %}
    {% set catalog = opus_identifier(database) ~ '.sys.' %}
    {%- set sql -%}
select
    objects.name as object_name,
    case objects.type
        when 'U' then 'table'
        when 'V' then 'view'
        when 'P' then 'procedure'
        else lower(replace(objects.type_desc, '_', ' '))
    end as object_type,
    columns.name as column_name,
    concat(kinds.name, case
        when kinds.name in ('nvarchar', 'nchar', 'varchar', 'char', 'varbinary', 'binary') and columns.max_length = -1 then '(max)'
        when kinds.name in ('nvarchar', 'nchar') then concat('(', columns.max_length / 2, ')')
        when kinds.name in ('varchar', 'char', 'varbinary', 'binary') then concat('(', columns.max_length, ')')
        when kinds.name in ('decimal', 'numeric') then concat('(', columns.[precision], ', ', columns.scale, ')')
        when kinds.name in ('datetime2', 'datetimeoffset', 'time') and columns.scale <> 7 then concat('(', columns.scale, ')')
        else ''
    end) as data_type
from {{ catalog }}objects as objects
inner join {{ catalog }}schemas as schemas
    on schemas.schema_id = objects.schema_id
left join {{ catalog }}columns as columns
    on columns.object_id = objects.object_id
left join {{ catalog }}types as kinds
    on kinds.user_type_id = columns.user_type_id
where schemas.name = {{ opus_literal(schema) }}
    and objects.parent_object_id = 0
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
