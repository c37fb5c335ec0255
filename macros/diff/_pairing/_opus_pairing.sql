{#
    What staging and the base share: the CTEs board_rows (the board), desired_rows (all desired models merged, a row a
    key) and paired (desired rows with the board row of the same key).
    contract: see opus_contract; entity: items or subitems; current: the wide current table; parents: that of the
    parents (subitems); desired: relations, the primary model first.
    Gives {fields, ctes, moves}; moves says whether some desired model names groups. In desired_rows a cell is NULL where nothing is wanted and '' where the cell is to be cleared.
#}
{% macro _opus_pairing(contract, entity, current, parents, desired) %}
    {% set models = [] %}
    {% set named = [] %}
    {% for relation in desired %}
        {% set columns = opus_desired_columns(relation, contract[entity]) %}
        {% if entity == 'items' and 'group_id' in (columns | map('lower') | list) %}{% do named.append(relation) %}{% endif %}
        {% do models.append({'relation': relation, 'name': relation.identifier | replace('__dbt__cte__', ''), 'columns': columns}) %}
    {% endfor %}
    {% set fields = _opus_fields(contract, entity, models) %}
    {% set ctes = [_opus_board_rows(contract, entity, fields, current, parents), _opus_known_lists(entity, fields)] %}
    {% for model in models %}
        {% do ctes.append(_opus_claims(contract, entity, fields, model, loop.index0)) %}
    {% endfor %}
    {% do ctes.append(_opus_list_values(fields, models)) %}
    {% for model in models %}
        {% do ctes.append(_opus_unique_claims(entity, fields, model, loop.index0)) %}
    {% endfor %}
    {% do ctes.append(_opus_desired_rows(fields, models)) %}
    {% do ctes.append(_opus_paired(fields)) %}
    {{ return({'fields': fields, 'ctes': ctes | join(',\n\n'), 'moves': named != []}) }}
{% endmacro %}
