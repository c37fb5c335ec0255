{#
    The staged rows of a board's groups: one mutation a row, so that an UPDATE changes one attribute.
    board: name of the contract; current: ref('mon_<board>_groups'); base: ref('mon_<board>_groups_base');
    desired: ref('desired_<board>_groups'); items: ref('mon_items'), whose items go with the groups they lie in.
#}
{% macro opus_staged_groups(board, current, base, desired, items) %}
    {% set contract = opus_contract(board) %}
    {% set own = contract.get('groups') or {'on_new': 'ignore', 'on_missing': 'ignore', 'on_conflict': 'flag'} %}
    {%- set operations -%}
{{ _opus_group_pairing(contract, current, desired) }},

{{ _opus_group_changes(own) }},

{{ _opus_group_moves(own) }},

{{ _opus_group_archives(contract, own, items) }},

found as (
    select * from wrong_groups
    union all
    select * from new_groups
    union all
    select * from changed_groups
    union all
    select * from moved_groups
    union all
    select * from missing_groups
)
    {%- endset -%}
    {{ return(_opus_structure_stage(contract, 'groups', own.on_conflict, base, desired, operations)) }}
{% endmacro %}
